"""Each rule on committed files finds its bad example and lets the good one pass."""

import pytest

from tests.architecture.repository_rules import HOSTS, paths_of_one_machine, registry_hosts


@pytest.mark.parametrize(
    "line",
    [
        f"https://files.{HOSTS[1]}/x.whl",
        f'"resolved": "https://registry.{HOSTS[2]}/x.tgz"',
        "--extra-index-url " + "https://mirror.example/simple",
        "registry=" + "https://mirror.example/npm",
    ],
)
def test_registry_is_found(line: str) -> None:
    assert list(registry_hosts("requirements.txt", f"\n{line}\n"))


def test_words_about_registries_pass() -> None:
    text = "omit-lockfile-registry-resolved=true\nfrom PyPI and npm\n"
    assert not list(registry_hosts(".npmrc", text))


@pytest.mark.parametrize("folder", ["home", "root", "tmp", "Users", "workspace"])
def test_path_of_one_machine_is_found(folder: str) -> None:
    assert list(paths_of_one_machine("a.py", f'Path("/{folder}/somebody/project")'))


@pytest.mark.parametrize(
    "line",
    ['path("home/today")', "$HOME/bin", "var/tmp/x", "https://example.org/home/x", "{root}/tmp/x"],
)
def test_other_paths_pass(line: str) -> None:
    assert not list(paths_of_one_machine("a.py", line))

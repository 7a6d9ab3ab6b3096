"""pip's own settings of where packages come from reach uv."""

import pytest

from tools.python_packages import UV_NAMES, index_settings


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is set for uv."""
    for name in UV_NAMES.values():
        monkeypatch.delenv(name, raising=False)


def test_settings_of_pip_become_those_of_uv() -> None:
    found = index_settings(
        [
            "global.index-url='https://mirror.example/simple'",
            "global.extra-index-url='https://one.example/simple\\nhttps://two.example/simple'",
            "global.find-links='/wheels /more'",
            "global.timeout='60'",
            "freeze.all='yes'",
        ]
    )

    assert found == {
        "UV_INDEX_URL": "https://mirror.example/simple",
        "UV_EXTRA_INDEX_URL": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_HTTP_TIMEOUT": "60",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_settings_of_the_environment_win_over_those_of_files() -> None:
    found = index_settings(
        [":env:.index-url='https://environment.example'", "global.index-url='https://file.example'"]
    )

    assert found == {"UV_INDEX_URL": "https://environment.example"}


def test_settings_made_for_uv_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_INDEX_URL", "https://uv.example")

    assert index_settings(["global.index-url='https://pip.example'"]) == {}


def test_settings_of_a_plain_machine_are_none() -> None:
    assert index_settings([]) == {}

"""Each rule on rooms and imports finds its bad example and lets the good one pass."""

import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.architecture.import_rules import (
    circles,
    doors_of_other_topics,
    project_graph,
    unknown_rooms,
)


@pytest.mark.parametrize(
    "path",
    ["volunteers/hours/helpers.py", "volunteers/utils.py", "volunteers/hours/view.py"],
)
def test_unknown_room_is_found(path: str) -> None:
    assert list(unknown_rooms([path]))


@pytest.mark.parametrize(
    "path",
    [
        "volunteers/hours/views.py",
        "volunteers/hours/domain/corrections.py",
        "volunteers/hours/__init__.py",
        "volunteers/models.py",
        "volunteers/migrations/0001_initial.py",
    ],
)
def test_known_room_passes(path: str) -> None:
    assert not list(unknown_rooms([path]))


def graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    made = grimp.ImportGraph()
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported)
    return made


def test_circle_is_found() -> None:
    [finding] = circles(graph(("a.x", "a.y"), ("a.y", "a.z"), ("a.z", "a.x")))
    assert finding.message.count("→") == 3
    assert not list(circles(graph(("a.x", "a.y"), ("a.y", "a.z"), ("a.x", "a.z"))))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "sample_of_circles"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    sys.modules.pop("sample_of_circles", None)


def test_circle_through_a_function_is_found(package: Path) -> None:
    (package / "a.py").write_text("from sample_of_circles import b\n")
    (package / "b.py").write_text("def run():\n    from sample_of_circles import a\n")
    assert list(circles(project_graph("sample_of_circles")))


def test_circle_of_types_alone_passes(package: Path) -> None:
    (package / "a.py").write_text("from sample_of_circles import b\n")
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    (package / "b.py").write_text(f"{text}    from sample_of_circles import a\n")
    assert not list(circles(project_graph("sample_of_circles")))


@pytest.mark.parametrize(
    ("importer", "imported", "found"),
    [
        ("volunteers.hours.views", "volunteers.registry.views", True),
        ("volunteers.hours.domain", "organizations.committees.forms", True),
        ("volunteers.hours.views", "volunteers.registry.queries", False),
        ("volunteers.hours.urls", "volunteers.hours.views", False),
        ("volunteers.urls", "volunteers.hours.urls", False),
        ("portal.urls", "volunteers.hours.api", False),
    ],
)
def test_door_of_another_topic_is_found(importer: str, imported: str, *, found: bool) -> None:
    made = graph((importer, imported))
    assert bool(list(doors_of_other_topics(made, ["organizations", "volunteers"]))) is found

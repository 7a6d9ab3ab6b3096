"""Stamps: a step is skipped only when its inputs are the same and its outputs are there."""

from pathlib import Path

import pytest

from tools import stamps
from tools.stamps import Stamp, digest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's root with two files."""
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "assets" / "deep").mkdir(parents=True)
    (tmp_path / "assets" / "deep" / "app.js").write_text("1")
    (tmp_path / "lock.json").write_text("{}")
    return tmp_path


def test_digest_changes_with_content_name_and_further_strings(folder: Path) -> None:
    inputs = [folder / "assets", folder / "lock.json", folder / "absent"]
    seen = [digest(inputs), digest(inputs, "3.11"), digest(inputs[:1])]

    (folder / "lock.json").write_text("{ }")
    seen.append(digest(inputs))
    (folder / "assets" / "deep" / "app.js").rename(folder / "assets" / "app.js")
    seen.append(digest(inputs))

    assert len(set(seen)) == len(seen)


def test_digest_does_not_depend_on_what_is_made_from_the_inputs(folder: Path) -> None:
    before = digest([folder / "assets"])

    (folder / "assets" / "app.pyc").write_text("made")

    assert digest([folder / "assets"]) == before


def test_stamp_holds_for_the_same_key_and_outputs(folder: Path) -> None:
    output = folder / "made"
    stamp = Stamp(folder / "stamps" / "one", "key", outputs=(output,))
    assert not stamp.is_current()

    stamp.write()
    assert not stamp.is_current()

    output.touch()
    assert stamp.is_current()
    assert not Stamp(stamp.path, "other", outputs=(output,)).is_current()

    stamp.clear()
    assert not stamp.is_current()

"""Ports and locks: said plainly when they are taken."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tools import serving
from tools.say import FailureError
from tools.stopping import is_held


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with closing(socket.socket()) as other:
        other.bind((serving.HOST, 0))
        other.listen()
        yield other.getsockname()[1]


def test_port_is_8000_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert serving.port() == 8000

    monkeypatch.setenv("PORT", "8123")
    assert serving.port() == 8123


@pytest.mark.parametrize("named", ["0", "65536", "-1", "web", "80.5"])
def test_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("PORT", named)

    with pytest.raises(FailureError, match=f"PORT={named} is no port"):
        serving.port()


def test_port_taken_is_named_with_a_way_out(taken_port: int) -> None:
    with pytest.raises(FailureError) as refused:
        serving.require_free_port(taken_port, command="run")

    assert f"Port {taken_port} on 127.0.0.1 is taken" in str(refused.value)
    assert "PORT=8000 make run" in str(refused.value)


def test_port_that_is_free_is_accepted(taken_port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.bind((serving.HOST, 0))
        free = probe.getsockname()[1]

    serving.require_free_port(free, command="demo")


def test_second_portal_of_one_var_dir_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))

    with serving.only_one(8123):
        assert is_held(tmp_path / "serving.lock")
        refused = r"http://127\.0\.0\.1:8123.*`make stop` ends it"
        with pytest.raises(FailureError, match=refused), serving.only_one(8124):
            pass

    assert not is_held(tmp_path / "serving.lock")


def test_readiness_of_nobody_is_no_success(taken_port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.bind((serving.HOST, 0))
        nobody = probe.getsockname()[1]

    assert not serving.readiness(nobody).startswith("200")

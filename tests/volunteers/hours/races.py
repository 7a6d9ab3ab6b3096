"""Two people at the same moment: the second starts while the first has not committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Generic, TypeVar

from django.db import connection

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor

__all__ = ["race"]

T = TypeVar("T")
PATIENCE_SECONDS = 30.0
_WAITS = "SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted"


@dataclass
class _Second(Generic[T]):
    """The second person, on a thread and a connection of its own."""

    actor: Actor
    act: Callable[[], T]
    backend: int = 0
    answer: T | Refusal | None = None
    failure: BaseException | None = None

    def __post_init__(self) -> None:
        self.connected = Event()
        self.done = Event()

    def run(self) -> None:
        try:
            with acting_as(self.actor.scope):
                self.backend = connection.connection.info.backend_pid
                self.connected.set()
                self.answer = self.act()
        except Refusal as refused:
            self.answer = refused
        except BaseException as failure:  # noqa: BLE001  (raised again on the test's thread)
            self.failure = failure
        finally:
            connection.close()
            self.connected.set()
            self.done.set()

    def waits_or_has_finished(self) -> bool:
        """True once the second one stands in the database's queue, or is through."""
        with connection.cursor() as cursor:
            cursor.execute(_WAITS, [self.backend])
            row = cursor.fetchone()
        return self.done.is_set() or row != (0,)


def race(
    first: Actor, first_acts: Callable[[], T], second: Actor, second_acts: Callable[[], T]
) -> tuple[T, T | Refusal]:
    """What both got. The first commits only when the second waits for it or has finished."""
    other = _Second(second, second_acts)
    thread = Thread(target=other.run)
    with acting_as(first.scope):
        answer = first_acts()
        thread.start()
        assert other.connected.wait(PATIENCE_SECONDS)
        tick = Event()
        for _attempt in range(int(PATIENCE_SECONDS / 0.01)):
            if other.waits_or_has_finished():
                break
            tick.wait(0.01)
        else:
            message = "The second one neither waited nor finished."
            raise AssertionError(message)
    thread.join(PATIENCE_SECONDS)
    if other.failure is not None:
        raise other.failure
    assert other.answer is not None
    return answer, other.answer

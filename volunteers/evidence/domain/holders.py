"""What evidence belongs to: each topic above says of its own things how they are found and kept.

A topic registers in its ``domain/evidence.py``, which `volunteers.apps` imports when all is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from organizations.accounts.actors import Actor

__all__ = ["Holder", "held_among", "holder_kind", "holder_of", "must_let_go"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Something that evidence is added to, such as a sheet.

    ``closed``: no file is added any more; ``removable``: files may be taken away again.
    """

    bundle: UUID
    committee_id: str
    closed: bool = False
    removable: bool = True


# From the key in an address to what it names; None for what the actor cannot see.
Find = Callable[[str, Actor], Holder | None]


@dataclass(frozen=True, slots=True)
class _Kind:
    find: Find
    holds: Callable[[set[UUID]], set[UUID]]
    for_good: bool
    let_go: Callable[[UUID], None] | None


_kinds: dict[str, _Kind] = {}


def holder_kind(
    name: str,
    *,
    holds: Callable[[set[UUID]], set[UUID]],
    for_good: bool = False,
    let_go: Callable[[UUID], None] | None = None,
) -> Callable[[Find], Find]:
    """Registers the decorated function as what finds holders of the kind ``name``.

    ``holds`` says, in the scope of a job, which of some bundles belong to something that is still
    there; ``for_good`` that this never ends. ``let_go`` locks what stands on a bundle, and raises
    `Refusal` when a file of it may not be removed. Raises `ValueError` for a name taken.
    """

    def register(find: Find) -> Find:
        if name in _kinds:
            message = f"Two topics hold evidence as {name!r}."
            raise ValueError(message)
        _kinds[name] = _Kind(find, holds, for_good, let_go)
        return find

    return register


def holder_of(kind: str, key: str, *, actor: Actor) -> Holder | None:
    """What an address names; None where there is nothing of the kind that the actor can see."""
    known = _kinds.get(kind)
    return known.find(key, actor) if known else None


def must_let_go(bundle: UUID) -> None:
    """Asks everything that may stand on the bundle. Raises `Refusal`."""
    for kind in _kinds.values():
        if kind.let_go is not None:
            kind.let_go(bundle)


def held_among(bundles: Iterable[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Of the bundles, those that are held for good, and those that are held for now."""
    asked = set(bundles)
    for_good: set[UUID] = set()
    for_now: set[UUID] = set()
    for kind in _kinds.values():
        found = kind.holds(asked) & asked
        (for_good if kind.for_good else for_now).update(found)
    return for_good, for_now - for_good

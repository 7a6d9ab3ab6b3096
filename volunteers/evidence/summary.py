"""The pane of evidence as pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from organizations.accounts.actors import Actor
from volunteers.evidence.models import EvidenceFile

__all__ = ["Pane", "ShownFile", "evidence_pane", "shown_files"]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page: its number and where its picture and its thumbnail are fetched."""

    number: int
    picture: str
    thumbnail: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file with its pages."""

    file: EvidenceFile
    pages: tuple[ShownPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """What `volunteers/evidence/_pane.html` takes as ``pane``."""

    url: str
    files: tuple[ShownFile, ...]
    may_add: bool
    may_remove: bool


def evidence_pane(
    kind: str,
    key: object,
    *,
    bundle: UUID,
    actor: Actor,
    closed: bool = False,
    removable: bool = True,
) -> Pane:
    """The pane of the holder that ``kind`` and ``key`` name in addresses. One query."""
    desk = actor.may("evidence.add")
    return Pane(
        url=reverse("evidence:pane", args=[kind, key]),
        files=shown_files(bundle),
        may_add=desk and not closed,
        may_remove=desk and removable,
    )


def shown_files(bundle: UUID) -> tuple[ShownFile, ...]:
    """What stands in a bundle, in the order in which it came."""
    return tuple(
        ShownFile(file, tuple(_page(file, number) for number in range(1, file.pages + 1)))
        for file in EvidenceFile.objects.of_bundle(bundle)
    )


def _page(file: EvidenceFile, number: int) -> ShownPage:
    return ShownPage(
        number,
        picture=reverse("evidence:picture", args=[file.pk, number]),
        thumbnail=reverse("evidence:thumbnail", args=[file.pk, number]),
    )

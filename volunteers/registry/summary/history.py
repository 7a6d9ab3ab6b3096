"""What was changed of a volunteer's entry, by whom and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from core.tenancy.roles import Role
from organizations.committees.models import Committee
from volunteers.registry.models import Gender, Volunteer, VolunteerState

__all__ = ["Change", "Difference", "also_changed_by", "changes_of", "last_change_of_state"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed, both values as people read them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change; ``who`` is empty where the history names nobody."""

    at: datetime
    who: str
    reason: str
    differences: tuple[Difference, ...]


MoreChanges = Callable[[Volunteer], list[Change]]
_more: list[MoreChanges] = []


def also_changed_by(tell: MoreChanges) -> MoreChanges:
    """A topic above tells what it changed of a person besides the entry itself."""
    _more.append(tell)
    return tell


def changes_of(volunteer: Volunteer) -> list[Change]:
    """Newest first. The history keeps the row as it was before each change.

    Two queries, and those of the topics that tell more; rows of a time when the person belonged
    to a committee outside the actor's scope are not seen.
    """
    history = apps.get_model("volunteers", "VolunteerHistory")
    rows = list(history._default_manager.filter(pgh_obj_id=volunteer.pk).order_by("-pgh_id"))
    paths = {row.committee_id for row in [volunteer, *rows]}
    names = dict(Committee.objects.filter(path__in=paths).values_list("path", "full_name"))
    changes: list[Change] = []
    after: Any = volunteer
    for row in rows:
        context = row.pgh_context or {}
        changes.append(
            Change(
                at=row.pgh_created_at,
                who=_who(context),
                reason=context.get("reason", ""),
                differences=tuple(_differences(row, after, names)),
            )
        )
        after = row
    told = [change for tell in _more for change in tell(volunteer)]
    return sorted([*changes, *told], key=lambda change: change.at, reverse=True)


def _who(context: Mapping[str, Any]) -> str:
    """A member by name; what the portal did by itself, or for somebody without an account, as its.

    The labels of jobs are names of the code.
    """
    return _("the portal") if context.get("role") == Role.JOB else context.get("label", "")


def last_change_of_state(changes: Iterable[Change]) -> Change | None:
    """The newest change by which somebody paused, left or came back; None for no such change."""
    label = _("State")
    return next(
        (each for each in changes if any(part.label == label for part in each.differences)), None
    )


def _differences(before: Any, after: Any, names: dict[str, str]) -> Iterator[Difference]:
    pairs = zip(_values(before, names), _values(after, names), strict=True)
    for label, (old, new) in zip(_labels(), pairs, strict=True):
        if old != new:
            yield Difference(label, old or "–", new or "–")


def _labels() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Township"),
        _("State"),
        _("Expected back on"),
        _("Gender"),
        _("Birth date"),
        _("Political status"),
        _("Skills"),
        _("Identity document"),
        _("Telephone"),
        _("Guardian"),
        _("Guardian's telephone"),
        _("Guardian consented on"),
    )


def _values(row: Any, names: dict[str, str]) -> tuple[str, ...]:
    consented = row.guardian_consent_on
    return (
        row.name,
        names.get(row.committee_id, ""),
        str(VolunteerState(row.state).label),
        row.back_on.isoformat() if row.back_on and row.state == VolunteerState.PAUSED else "",
        str(Gender(row.gender).label),
        row.birth_date.isoformat(),
        row.political_status,
        "、".join(row.skills),
        row.identity_mask,
        row.phone_mask,
        row.guardian_name,
        row.guardian_phone_mask,
        consented.isoformat() if consented else "",
    )

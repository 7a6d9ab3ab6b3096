"""The yearly audit of access to full data (未成年人网络保护条例, art. 37)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.workbooks.tables import Column
from organizations.committees.models import Committee
from organizations.committees.queries import at_or_below
from volunteers.disclosure.models import Disclosure
from volunteers.registry.models import ApprovalState, RevealApproval

__all__ = ["audit_columns", "audit_parts"]

Cells = Sequence[str | int | float | date | None]
_ONE_PERSON = 1


def audit_columns() -> list[Column]:
    """Who asked, who answered, who looked, when, why, and how much."""
    return [
        Column(_("Kind of access"), 18),
        Column(_("Whose data"), 24),
        Column(_("Committee"), 30),
        Column(_("People"), 8, "number"),
        Column(_("Reason"), 40),
        Column(_("For how long"), 12),
        Column(_("Asked by"), 24),
        Column(_("Asked at"), 16, "moment"),
        Column(_("Answered by"), 24),
        Column(_("Answered at"), 16, "moment"),
        Column(_("State"), 12),
        Column(_("Ended at"), 16, "moment"),
        Column(_("Looks"), 8, "number"),
        Column(_("First look"), 16, "moment"),
        Column(_("Last look"), 16, "moment"),
    ]


def audit_parts(year: int, *, below: str) -> list[tuple[QuerySet[Any], Any, Any]]:
    """Access for a time, then approvals of one look, asked for in that year below a committee."""
    within = at_or_below(below)
    disclosures = Disclosure.objects.asked_in(year).filter(within).with_looks()
    approvals = RevealApproval.objects.filter(within, asked_at__year=year)
    approvals = approvals.select_related("volunteer", "reveal")
    return [
        (disclosures, _disclosure_rows, _people_of_disclosures),
        (approvals, _approval_rows, _people_of_approvals),
    ]


def _people_of_disclosures(chunk: list[Disclosure]) -> Iterator[int]:
    """Only one person's access names that person; a sheet's says how many."""
    return (each.volunteer_id for each in chunk if each.volunteer_id is not None)


def _people_of_approvals(chunk: list[RevealApproval]) -> Iterator[int]:
    return (each.volunteer_id for each in chunk)


def _disclosure_rows(chunk: list[Any]) -> Iterator[Cells]:
    names = _committee_names(chunk)
    for each in chunk:
        yield (
            _("open for a time"),
            each.title,
            names.get(each.committee_id, ""),
            each.people,
            each.reason,
            each.get_hours_display(),
            each.asked_by_label,
            _local(each.asked_at),
            each.answered_by_label,
            _local(each.answered_at),
            each.state_label,
            _local(each.ended_at or each.expires_at),
            each.looked,
            _local(each.first_look),
            _local(each.last_look),
        )


def _approval_rows(chunk: list[RevealApproval]) -> Iterator[Cells]:
    names = _committee_names(chunk)
    for each in chunk:
        looked = _local(each.reveal.at) if each.reveal else None
        yield (
            _("one look: {what}").format(what=each.get_field_display()),
            each.volunteer.name,
            names.get(each.committee_id, ""),
            _ONE_PERSON,
            each.reason,
            "",
            each.asked_by_label,
            _local(each.asked_at),
            each.answered_by_label,
            _local(each.answered_at),
            str(ApprovalState(each.state).label),
            _local(each.expires_at),
            1 if each.reveal else 0,
            looked,
            looked,
        )


def _local(moment: datetime | None) -> datetime | None:
    """In the portal's time and without zone, as workbooks know moments."""
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


def _committee_names(chunk: Iterable[Disclosure | RevealApproval]) -> dict[str, str]:
    paths = {row.committee_id for row in chunk}
    return dict(Committee.objects.filter(path__in=paths).values_list("path", "full_name"))

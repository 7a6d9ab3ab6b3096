"""What waits for whom: the home page is a list of work, not a menu."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Min, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.jobs.models import Job
from core.web.figures import COUNT_CAP, count_text
from organizations.accounts.actors import Actor
from volunteers.deadlines.summary import outlook
from volunteers.disclosure.models import Disclosure
from volunteers.duplicates.models import ClashNotice
from volunteers.hours.models import CorrectionRequest, HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries.queue import (
    COUNTED_SHEETS,
    hours_awaiting_confirmation,
    sheets_sent_back,
)
from volunteers.imports.models import ImportRun
from volunteers.privacy.models import PrivacyRequest
from volunteers.registry.models import RevealApproval
from volunteers.spotchecks.models import SpotCheckItem
from volunteers.transfers.models import Transfer

__all__ = ["Task", "tasks_of"]


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the home page: what to do, how much of it, and where."""

    title: str
    detail: str
    url: str
    is_urgent: bool = False


def tasks_of(actor: Actor) -> list[Task]:
    """Everything that waits for a member, the most pressing first; empty when all is done."""
    if actor.committee is None:
        return []
    return [
        *_hours(actor),
        *_time_limit(actor),
        *_corrections(actor),
        *_found_wrong(actor),
        *_looks(actor),
        *_transfers(actor),
        *_clashes(actor),
        *_own_data(actor),
        *_imports(actor),
        *_sent_back(actor),
        *_drafts(actor),
        *_jobs(actor),
    ]


def _hours(actor: Actor) -> Iterator[Task]:
    if not actor.may("hours.confirm") or actor.committee is None:
        return
    waiting = hours_awaiting_confirmation(actor.committee.path)
    if not waiting.records:
        return
    detail = _("{sheets} sheets · {records} records").format(
        sheets=count_text(waiting.sheets, cap=COUNTED_SHEETS),
        records=count_text(waiting.records, cap=COUNT_CAP),
    )
    if waiting.odd:
        detail += " · " + _("{n} with signals").format(n=count_text(waiting.odd, cap=COUNT_CAP))
    if waiting.oldest:
        detail += " · " + _since(timezone.localdate(waiting.oldest))
    yield Task(_("Confirm hours"), detail, reverse("hours:sheet-list"))


def _time_limit(actor: Actor) -> Iterator[Task]:
    """Service that is written down but not handed in while its time runs out."""
    if not actor.may("hours.record") or actor.committee is None:
        return
    found = outlook(actor.committee.path)
    parts = []
    if found.late:
        text = ngettext("{n} sheet is late", "{n} sheets are late", found.late)
        parts.append(text.format(n=found.late))
    if found.soon:
        text = ngettext(
            "{n} sheet, {left} working days left",
            "{n} sheets, {left} working days left",
            found.soon,
        )
        parts.append(text.format(n=found.soon, left=found.least_left))
    if parts:
        yield Task(
            _("Statutory time limit"),
            " · ".join(parts),
            reverse("deadlines:deadline-list"),
            is_urgent=True,
        )


def _corrections(actor: Actor) -> Iterator[Task]:
    if not actor.may("corrections.answer"):
        return
    waiting = CorrectionRequest.objects.open()
    oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
    if oldest is None:
        return
    count = waiting[: COUNT_CAP + 1].count()
    detail = ngettext("{count} request", "{count} requests", count).format(
        count=count_text(count, cap=COUNT_CAP)
    )
    yield Task(
        _("Correction requests"),
        f"{detail} · {_since(timezone.localdate(oldest))}",
        reverse("hours:correction-list"),
        is_urgent=True,
    )


def _found_wrong(actor: Actor) -> Iterator[Task]:
    """What a published spot check found wrong and still counts."""
    if not actor.may("hours.correct") or actor.committee is None:
        return
    found = SpotCheckItem.objects.to_mend(actor.committee.path)
    checks = list(found.order_by("-check_of").values_list("check_of", flat=True)[: COUNT_CAP + 1])
    if not checks:
        return
    detail = ngettext("{count} record", "{count} records", len(checks))
    yield Task(
        _("Found wrong by a spot check"),
        detail.format(count=count_text(len(checks), cap=COUNT_CAP)),
        reverse("spotchecks:check-detail", args=[checks[0]]),
        is_urgent=True,
    )


def _looks(actor: Actor) -> Iterator[Task]:
    """What officers want to see of minors; one's own requests wait for somebody else."""
    if not actor.may("volunteers.reveal.approve"):
        return
    yield from _requests(
        _("Looks at minors' identifiers to approve"),
        RevealApproval.objects.asked().exclude(asked_by=actor.user),
        reverse("registry:approval-list"),
    )
    yield from _requests(
        _("Access to full data to approve"),
        Disclosure.objects.asked().exclude(asked_by=actor.user),
        f"{reverse('disclosure:disclosure-list')}?state=asked",
    )


def _transfers(actor: Actor) -> Iterator[Task]:
    """Volunteers whom another committee, or they themselves, ask to be taken over here."""
    if not actor.may("volunteers.transfer") or actor.committee is None:
        return
    yield from _requests(
        _("Volunteers to take over"),
        Transfer.objects.waiting().to(actor.committee.path),
        reverse("transfers:transfer-list"),
    )


def _clashes(actor: Actor) -> Iterator[Task]:
    """Other committees have before them somebody who is registered here."""
    if not actor.may("volunteers.transfer"):
        return
    yield from _requests(
        _("Volunteers whom others ask about"),
        ClashNotice.objects.waiting(),
        reverse("duplicates:clash-list"),
    )


def _own_data(actor: Actor) -> Iterator[Task]:
    """What people ask about their own data, withdraw or disown."""
    if not actor.may("privacy.answer"):
        return
    yield from _requests(
        _("Requests about own data"),
        PrivacyRequest.objects.open(),
        reverse("privacy:request-list"),
    )


def _requests(title: str, waiting: QuerySet[Any], address: str) -> Iterator[Task]:
    """One line with the number of those that wait; none without any."""
    count = waiting[: COUNT_CAP + 1].count()
    if count:
        detail = ngettext("{count} request", "{count} requests", count)
        yield Task(title, detail.format(count=count_text(count, cap=COUNT_CAP)), address)


def _imports(actor: Actor) -> Iterator[Task]:
    if not actor.may("hours.import") or actor.committee is None:
        return
    rows = (
        ImportRun.objects.below(actor.committee.path)
        .faulty()
        .aggregate(rows=Sum(F("refused") - F("already")))["rows"]
    )
    if rows:
        detail = ngettext("{count} row to mend", "{count} rows to mend", rows)
        yield Task(
            _("Refused import rows"), detail.format(count=f"{rows:,}"), reverse("imports:run-list")
        )


def _sent_back(actor: Actor) -> Iterator[Task]:
    """What came back to who entered it, with the reason of the newest."""
    sheets = sheets_sent_back(actor.scope.user)
    if not sheets:
        return
    newest = HoursSheet.objects.get(pk=sheets[0])
    detail = ngettext("{count} sheet", "{count} sheets", len(sheets)).format(count=len(sheets))
    yield Task(
        _("Sent back to you"),
        f"{detail} · {newest.title}：{newest.return_reason}（{newest.returned_by_label}）",
        reverse("hours:sheet-detail", args=[newest.pk])
        if len(sheets) == 1
        else reverse("hours:sheet-list"),
        is_urgent=True,
    )


def _drafts(actor: Actor) -> Iterator[Task]:
    mine = ServiceRecord.objects.filter(recorded_by=actor.user, state=RecordState.DRAFT)
    count = mine[: COUNT_CAP + 1].count()
    if count:
        detail = ngettext(
            "{count} record not yet submitted", "{count} records not yet submitted", count
        )
        yield Task(
            _("My drafts and what was sent back"),
            detail.format(count=count_text(count, cap=COUNT_CAP)),
            reverse("hours:record-list") + "?state=draft",
        )


def _jobs(actor: Actor) -> Iterator[Task]:
    running = Job.objects.of_user(actor.user.pk if actor.user else None).unfinished().count()
    if running:
        detail = ngettext("{count} job at work", "{count} jobs at work", running)
        yield Task(_("Running jobs"), detail.format(count=running), reverse("jobs:job-list"))


def _since(day: date) -> str:
    days = (timezone.localdate() - day).days
    if days < 1:
        return _("since today")
    return ngettext("oldest {days} day ago", "oldest {days} days ago", days).format(days=days)

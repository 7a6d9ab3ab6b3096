"""What waits for whom: the home page is a list of work, not a menu."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, Func, IntegerField, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.jobs.models import Job
from core.tenancy.keys import tier_of
from core.web.counts import CountOf
from core.web.figures import COUNT_CAP, count_text
from incentives.offers.models import Offer
from incentives.stars.models import StarAward
from organizations.accounts.access import ActorRole, allows
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.activities.models import Activity
from volunteers.certificates.models import Certificate
from volunteers.deadlines.summary import outlook
from volunteers.disclosure.models import Disclosure
from volunteers.duplicates.models import ClashNotice
from volunteers.hours.models import CorrectionRequest, RecordState, ServiceRecord
from volunteers.hours.queries.queue import (
    COUNTED_SHEETS,
    hours_awaiting_confirmation,
    sheets_sent_back,
)
from volunteers.imports.models import ImportRun
from volunteers.privacy.models import PrivacyRequest
from volunteers.registry.models import RevealApproval, Volunteer
from volunteers.registry.queries import PauseBand
from volunteers.spotchecks.models import SpotCheckItem
from volunteers.transfers.models import Transfer

__all__ = ["Task", "tasks_of"]

_ANSWERS_SHOWN = 14


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
    counts = _counts(actor, actor.committee.path)
    return [
        *_hours(actor),
        *_time_limit(actor),
        *_corrections(counts),
        *_found_wrong(counts),
        *_requests(
            _("Looks at minors' identifiers to approve"),
            counts["looks"],
            reverse("registry:approval-list"),
        ),
        *_full_data(counts),
        *_requests(
            _("Volunteers to take over"), counts["transfers"], reverse("transfers:transfer-list")
        ),
        *_requests(
            _("Volunteers whom others ask about"),
            counts["clashes"],
            reverse("duplicates:clash-list"),
        ),
        *_requests(
            _("Requests about own data"), counts["own_data"], reverse("privacy:request-list")
        ),
        *_returns(counts["returns"]),
        *_requests(
            _("Transfers answered in the last 14 days"),
            counts["answered"],
            f"{reverse('transfers:transfer-list')}?all=1",
        ),
        *_requests(
            _("Activities to settle"),
            counts["to_settle"],
            f"{reverse('activities:activity-list')}?state=published",
        ),
        *_requests(
            _("Certificates to seal"), counts["seals"], reverse("certificates:certificate-list")
        ),
        *_requests(_("Stars to decide"), counts["stars"], reverse("stars:award-list")),
        *_requests(_("Offers to review"), counts["offers"], reverse("alliance:offer-list")),
        *_imports(counts["refused_rows"]),
        *_sent_back(actor, counts["sent_back"]),
        *_drafts(counts["drafts"]),
        *_jobs(counts["jobs"]),
    ]


def _counts(actor: Actor, path: str) -> dict[str, Any]:
    """How much there is of what is counted alike, None where it is not the actor's. One query."""
    today = timezone.localdate()
    statement, parameters, names = _statement(path, actor.scope.user, today, actor.role)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchone()
    return defaultdict(lambda: None, zip(names, found, strict=True))


@lru_cache(maxsize=256)
def _statement(
    path: str, user: int | None, today: date, role: ActorRole
) -> tuple[str, tuple[Any, ...], tuple[str, ...]]:
    """The counts' statement with its parameters, and the names of its columns.

    Kept, for to put it together takes longer than to ask it; what it answers never is.
    """
    counted = _counted(path, user, today)
    asked = {name: count for name, (action, count) in counted.items() if allows(role, action)}
    query = Committee.objects.filter(path=path).values(**asked).query
    return *query.sql_with_params(), tuple(asked)


def _counted(path: str, user: int | None, today: date) -> dict[str, tuple[str, Subquery]]:
    """Each count with the action whose work it is."""
    corrections = CorrectionRequest.objects.open()
    wrong = SpotCheckItem.objects.to_mend(path)
    return {
        "corrections": ("corrections.answer", CountOf(corrections)),
        "oldest_correction": (
            "corrections.answer",
            Subquery(corrections.order_by("created_at").values("created_at")[:1]),
        ),
        "found_wrong": ("hours.correct", CountOf(wrong)),
        "newest_check": (
            "hours.correct",
            Subquery(wrong.order_by("-check_of").values("check_of")[:1]),
        ),
        # What officers want to see of minors; one's own requests wait for somebody else.
        "looks": (
            "volunteers.reveal.approve",
            CountOf(RevealApproval.objects.asked().exclude(asked_by=user)),
        ),
        **_counted_of_full_data(user, today),
        # Volunteers whom another committee, or they themselves, ask to be taken over here.
        "transfers": ("volunteers.transfer", CountOf(Transfer.objects.waiting().to(path))),
        # What one had asked for: who may ask learns of the answer.
        "answered": (
            "volunteers.transfer",
            CountOf(Transfer.objects.answered_to(path, since=_days_before(today, _ANSWERS_SHOWN))),
        ),
        # Other committees have before them somebody who is registered here.
        "clashes": ("volunteers.transfer", CountOf(ClashNotice.objects.waiting())),
        # What people ask about their own data, withdraw or disown.
        "own_data": ("privacy.answer", CountOf(PrivacyRequest.objects.open())),
        "returns": (
            "volunteers.edit",
            CountOf(Volunteer.objects.below(path).back_by(today)),
        ),
        "to_settle": ("activities.write", CountOf(Activity.objects.to_settle(path))),
        "seals": ("certificates.seal", CountOf(Certificate.objects.seal_requested())),
        "stars": (
            "stars.decide",
            CountOf(StarAward.objects.below(path).decided_at_tier(tier_of(path))),
        ),
        "offers": ("offers.review", CountOf(Offer.objects.below(path).awaiting_review())),
        "refused_rows": ("hours.import", _refused_rows(path)),
        "drafts": (
            "committees.view",
            CountOf(ServiceRecord.objects.filter(recorded_by=user, state=RecordState.DRAFT)),
        ),
        "jobs": ("committees.view", CountOf(Job.objects.of_user(user).unfinished())),
        "sent_back": ("committees.view", CountOf(sheets_sent_back(user))),
    }


def _counted_of_full_data(user: int | None, today: date) -> dict[str, tuple[str, Subquery]]:
    """What waits for an answer, and what became of one's own requests."""
    mine = Disclosure.objects.of_user(user)
    lately = mine.declined_since(_days_before(today, _ANSWERS_SHOWN))
    return {
        "disclosures": (
            "volunteers.reveal.approve",
            CountOf(Disclosure.objects.asked().exclude(asked_by=user)),
        ),
        "opened": ("volunteers.reveal", CountOf(mine.open_now())),
        "declined": ("volunteers.reveal", CountOf(lately)),
    }


def _full_data(counts: dict[str, Any]) -> Iterator[Task]:
    listed = reverse("disclosure:disclosure-list")
    for title, name, state in (
        (_("Access to full data to approve"), "disclosures", "asked"),
        (_("Full data open to you for a time"), "opened", "open"),
        (_("Your requests for full data declined in the last 14 days"), "declined", "declined"),
    ):
        yield from _requests(title, counts[name], f"{listed}?state={state}")


def _days_before(today: date, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), time.min))


def _refused_rows(path: str) -> Subquery:
    total = Func(F("refused") - F("already"), function="SUM", output_field=IntegerField())
    faulty = ImportRun.objects.below(path).faulty().order_by()
    return Subquery(faulty.values(to_mend=total))


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


def _corrections(counts: dict[str, Any]) -> Iterator[Task]:
    count, oldest = counts["corrections"], counts["oldest_correction"]
    if not count:
        return
    detail = ngettext("{count} request", "{count} requests", count).format(
        count=count_text(count, cap=COUNT_CAP)
    )
    yield Task(
        _("Correction requests"),
        f"{detail} · {_since(timezone.localdate(oldest))}",
        reverse("hours:correction-list"),
        is_urgent=True,
    )


def _found_wrong(counts: dict[str, Any]) -> Iterator[Task]:
    """What a published spot check found wrong and still counts."""
    if count := counts["found_wrong"]:
        yield Task(
            _("Found wrong by a spot check"),
            ngettext("{count} record", "{count} records", count).format(
                count=count_text(count, cap=COUNT_CAP)
            ),
            reverse("spotchecks:check-detail", args=[counts["newest_check"]]),
            is_urgent=True,
        )


def _returns(count: int | None) -> Iterator[Task]:
    """Pauses that were expected to be over by now; nothing happens to them by itself."""
    if count:
        yield Task(
            _("Back from a pause?"),
            ngettext("{count} volunteer", "{count} volunteers", count).format(
                count=count_text(count, cap=COUNT_CAP)
            ),
            f"{reverse('registry:volunteer-list')}?pause={PauseBand.OVER}",
        )


def _requests(title: str, count: int | None, address: str) -> Iterator[Task]:
    """One line with the number of those that wait; none without any."""
    if count:
        detail = ngettext("{count} request", "{count} requests", count)
        yield Task(title, detail.format(count=count_text(count, cap=COUNT_CAP)), address)


def _imports(rows: int | None) -> Iterator[Task]:
    if rows:
        detail = ngettext("{count} row to mend", "{count} rows to mend", rows)
        yield Task(
            _("Refused import rows"), detail.format(count=f"{rows:,}"), reverse("imports:run-list")
        )


def _sent_back(actor: Actor, count: int | None) -> Iterator[Task]:
    """What came back to who entered it, with the reason of the newest."""
    # Nothing, or what was counted has been handed in a moment later.
    newest = sheets_sent_back(actor.scope.user).first() if count else None
    if not count or newest is None:
        return
    detail = ngettext("{count} sheet", "{count} sheets", count).format(
        count=count_text(count, cap=COUNT_CAP)
    )
    yield Task(
        _("Sent back to you"),
        f"{detail} · {newest.title}：{newest.return_reason}（{newest.returned_by_label}）",
        reverse("hours:sheet-detail", args=[newest.pk])
        if count == 1
        else reverse("hours:sheet-list"),
        is_urgent=True,
    )


def _drafts(count: int | None) -> Iterator[Task]:
    if count:
        detail = ngettext(
            "{count} record not yet submitted", "{count} records not yet submitted", count
        )
        yield Task(
            _("Records not yet submitted"),
            detail.format(count=count_text(count, cap=COUNT_CAP)),
            reverse("hours:record-list") + "?state=draft",
        )


def _jobs(running: int | None) -> Iterator[Task]:
    if running:
        detail = ngettext("{count} job at work", "{count} jobs at work", running)
        yield Task(_("Running jobs"), detail.format(count=running), reverse("jobs:job-list"))


def _since(day: date) -> str:
    days = (timezone.localdate() - day).days
    if days < 1:
        return _("oldest of today")
    return ngettext("oldest {days} day ago", "oldest {days} days ago", days).format(days=days)

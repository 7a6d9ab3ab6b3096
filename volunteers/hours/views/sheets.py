"""The queue of sheets that await a second person, and one sheet with its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from core.web.addresses import address_with
from core.web.keyset import AFTER, is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.evidence.summary import evidence_pane
from volunteers.hours.domain import (
    BatchResult,
    confirm_clean_hours,
    confirm_hours,
    confirm_odd_hours,
    return_sheet,
    submit_hours,
    take_back_return,
)
from volunteers.hours.models import HoursSheet, RecordSource, RecordState, ServiceRecord
from volunteers.hours.queries.queue import (
    SHEETS_SENT_BACK,
    Place,
    SheetSummary,
    sheet_summaries,
    sheets_odd_first,
    sheets_sent_back,
    states_of,
)
from volunteers.hours.views.answers import answer_batch, withdrawal_url
from volunteers.hours.views.batches import confirmed_sentence, submitted_sentence
from volunteers.signals.queries.odd import is_unseen, signal_of, signals_of

__all__ = ["confirm_sheet", "list_sheets", "send_back", "show_sheet", "submit_sheet", "take_back"]

SHEETS_A_PAGE = 20
# The figures of a sheet are those of the first of these states that it has.
_SUMMED = (RecordState.SUBMITTED, RecordState.DRAFT, RecordState.CONFIRMED, RecordState.VOID)
# The queue runs from the odd sheets to the others, in both from the oldest on.
# Only what has a signal.
ODD = "odd"


@acts("hours.view")
@require_safe
def list_sheets(request: HttpRequest) -> HttpResponse:
    """Sheets with records to confirm, odd ones first; above them what came back to oneself."""
    actor = actor_of(request)
    reader = actor.scope.user
    places = sheets_odd_first(
        actor.scope.committee,
        after=Place.from_text(request.GET.get(AFTER)),
        limit=SHEETS_A_PAGE + 1,
    )
    shown = places[:SHEETS_A_PAGE]
    context: dict[str, Any] = {
        "rows": sheet_summaries([place.sheet for place in shown], reader=reader),
        "rows_template": "volunteers/hours/_sheets.html",
        "next_url": address_with(request, **{AFTER: str(shown[-1])}) if places != shown else "",
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "columns": _sheet_columns(),
        "sent_back": sheet_summaries(
            list(sheets_sent_back(reader).values_list("pk", flat=True)[:SHEETS_SENT_BACK]),
            reader=reader,
            state=RecordState.DRAFT,
        ),
        "empty": _nothing_waits(actor),
        "actor": actor,
        "may_record": actor.may("hours.record"),
        "may_check": actor.may("spotchecks.view"),
    }
    return render(request, "volunteers/hours/sheet_list.html", context)


@acts("hours.view")
@require_safe
def show_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """The sheet in figures, then its records."""
    actor = actor_of(request)
    sheet = _sheet(sheet_id)
    state = request.GET.get("state", "")
    records = ServiceRecord.objects.filter(sheet=sheet)
    if state in RecordState.values:
        records = records.filter(state=state)
    only_odd = ODD in request.GET
    if only_odd:
        records = records.filter(signal_of())
    page = page_of(records, request, as_entered=True)
    context: dict[str, Any] = {
        "rows": _with_reasons(page.rows),
        "rows_template": "volunteers/hours/_sheet_records.html",
        "next_url": page.next_url,
        "selectable": actor.may("hours.confirm"),
        "reader": actor.scope.user,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    counts = states_of(sheet)
    of = next(each for each in _SUMMED if each in counts or each == _SUMMED[-1])
    (summary,) = sheet_summaries([sheet.pk], reader=actor.scope.user, state=of)
    context |= {
        "sheet": sheet,
        "evidence": evidence_pane(
            "sheet",
            sheet.pk,
            bundle=sheet.evidence_key,
            actor=actor,
            removable=RecordState.CONFIRMED not in counts,
        ),
        # What a workbook brought in has its paper elsewhere; the place is for those who add it.
        "beside": sheet.source == RecordSource.BACKFILL,
        "summary": summary,
        "columns": _record_columns(),
        "filters": [_states(request, counts, state), *_only_odd(request, summary, chosen=only_odd)],
        "only_odd": only_odd,
        "empty": {"title": _("No record of this sheet is in this state.")},
        "may_confirm": actor.may("hours.confirm"),
        "may_ask_minors": actor.may("volunteers.reveal"),
        "may_submit": actor.may("hours.record") and RecordState.DRAFT in counts,
        **_to_decide(sheet, summary, counts),
        "bulk_actions": _bulk_actions(),
        "return_reasons": _return_reasons(),
        "void_reasons": void_reasons(),
        "next": request.get_full_path(),
    }
    return render(request, "volunteers/hours/sheet_detail.html", context)


@acts("hours.confirm")
@require_POST
def confirm_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Confirms what waits in the sheet: the clean part, the odd part, or all of it.

    Leads to what is still to be looked at, else to the next sheet.
    """
    sheet, actor = _sheet(sheet_id), actor_of(request)
    which = request.POST.get("which", "")
    return answer_batch(
        request,
        lambda: _confirm_part(sheet, actor, which),
        confirmed_sentence,
        back=f"{_address(sheet)}?state=submitted&{ODD}=1"
        if which == "clean"
        else reverse("hours:sheet-list"),
        undo=withdrawal_url,
    )


def _confirm_part(sheet: HoursSheet, actor: Actor, which: str) -> BatchResult:
    if which == "clean":
        return confirm_clean_hours(sheet, actor=actor)
    if which == ODD:
        return confirm_odd_hours(sheet, actor=actor)
    waiting = ServiceRecord.objects.filter(sheet=sheet).awaiting_confirmation()
    return confirm_hours(waiting, actor=actor)


@acts("hours.record")
@require_POST
def submit_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Hands all drafts of the sheet to a second person."""
    sheet, actor = _sheet(sheet_id), actor_of(request)
    drafts = ServiceRecord.objects.filter(sheet=sheet, state=RecordState.DRAFT)
    return answer_batch(
        request,
        lambda: submit_hours(drafts, actor=actor),
        submitted_sentence,
        back=_address(sheet),
    )


@acts("hours.confirm")
@require_POST
def send_back(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Returns what waits in the sheet to who entered it."""
    sheet = _sheet(sheet_id)
    reason = request.POST.get("reason", "")
    try:
        result = return_sheet(sheet, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect(_address(sheet))
    text = ngettext(
        "{n} record went back to {name} as a draft.",
        "{n} records went back to {name} as drafts.",
        result.count,
    )
    said = text.format(n=f"{result.count:,}", name=sheet.recorded_by_label)
    undo = reverse("hours:return-undo", args=[sheet.pk])
    messages.success(request, said, extra_tags=undo)
    return redirect("hours:sheet-list")


@acts("hours.confirm")
@require_POST
def take_back(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """What was sent back waits here again, unless somebody has begun to mend it."""
    sheet, actor = _sheet(sheet_id), actor_of(request)
    return answer_batch(
        request,
        lambda: take_back_return(sheet, actor=actor),
        _taken_back_sentence,
        back=_address(sheet),
    )


def _taken_back_sentence(result: BatchResult) -> str:
    text = ngettext(
        "Taken back: {n} record awaits confirmation again.",
        "Taken back: {n} records await confirmation again.",
        result.count,
    )
    return text.format(n=f"{result.count:,}")


def _to_decide(sheet: HoursSheet, summary: SheetSummary, counts: dict[str, int]) -> dict[str, Any]:
    """How many records wait, and how many of them for whom and what."""
    waiting = counts.get(RecordState.SUBMITTED, 0)
    own, odd = (summary.own, summary.odd) if waiting else (0, 0)
    return {
        "waiting": waiting,
        "confirmed": counts.get(RecordState.CONFIRMED, 0),
        "drafts": counts.get(RecordState.DRAFT, 0),
        "unseen": waiting and is_unseen(sheet.pk),
        "odd_url": f"{_address(sheet)}?state=submitted&{ODD}=1",
        "own": own,
        "confirmable": waiting - own,
        "odd": odd,
        "clean": waiting - max(odd, own),
    }


def _with_reasons(records: Sequence[ServiceRecord]) -> list[tuple[ServiceRecord, list[str]]]:
    """Each record with the sentences of its signals. One query."""
    signals = signals_of(record.pk for record in records)
    return [
        (record, [signal.sentence for signal in signals.get(record.pk, [])]) for record in records
    ]


def _only_odd(
    request: HttpRequest, summary: SheetSummary, *, chosen: bool
) -> Iterator[dict[str, Any]]:
    """The choice between all rows and those with a signal, where there are any."""
    if not summary.odd and not chosen:
        return
    yield {
        "label": _("Signals"),
        "options": [
            {
                "label": _("all"),
                "url": address_with(request, **{ODD: ""}),
                "count": None,
                "active": not chosen,
            },
            {
                "label": pgettext("records", "Odd"),
                "url": address_with(request, **{ODD: "1"}),
                "count": summary.odd,
                "active": chosen,
            },
        ],
    }


def void_reasons() -> list[str]:
    """Ready sentences for the usual reasons."""
    return [_("Entered twice"), _("Not served"), _("Wrong person"), _("No volunteering")]


def _return_reasons() -> list[str]:
    return [_("The sign-in sheet is missing"), _("Times do not match the sign-in sheet")]


def _sheet(sheet_id: int) -> HoursSheet:
    return get_object_or_404(HoursSheet.objects.select_related("committee"), pk=sheet_id)


def _address(sheet: HoursSheet) -> str:
    return reverse("hours:sheet-detail", args=[sheet.pk])


def _sheet_columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Sheet")},
        {"label": pgettext("records", "Odd")},
        {"label": _("Records"), "numeric": True},
        {"label": _("Hours"), "numeric": True},
        {"label": _("People"), "numeric": True},
        {"label": _("Served")},
        {"label": _("Entered by")},
        {"label": _("Evidence")},
    ]


def _record_columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Volunteer")},
        {"label": _("Date")},
        {"label": _("Time")},
        {"label": _("Hours"), "numeric": True},
        {"label": _("State")},
        {"label": _("Activity")},
    ]


def _states(request: HttpRequest, counts: dict[str, int], chosen: str) -> dict[str, Any]:
    options = [
        {
            "label": state.label,
            "url": address_with(request, state=state.value),
            "count": counts.get(state, 0),
            "active": chosen == state,
        }
        for state in RecordState
        if state in counts or chosen == state
    ]
    everything = {
        "label": _("all"),
        "url": address_with(request, state=""),
        "count": sum(counts.values()),
        "active": chosen not in RecordState.values,
    }
    return {"label": _("State"), "options": [everything, *options]}


def _bulk_actions() -> list[dict[str, Any]]:
    return [
        {
            "label": _("Confirm {n} records"),
            "url": reverse("hours:records-confirm"),
            "primary": True,
        },
        {"label": _("Void {n} records"), "opens": "void-records", "danger": True},
    ]


def _nothing_waits(actor: Actor) -> dict[str, Any]:
    name = actor.committee.name if actor.committee else ""
    actions = []
    if actor.may("hours.import"):
        actions = [
            {"label": _("Import a workbook"), "url": reverse("imports:run-create")},
            {"label": _("Enter hours"), "url": reverse("desk:draft-list")},
        ]
    return {
        "title": _("No hours of {committee} await confirmation.").format(committee=name),
        "text": _("What is entered or imported appears here until a second person confirms it."),
        "actions": actions,
    }

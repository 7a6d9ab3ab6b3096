"""Template tags: ``{% record_rows rows selectable %}``, ``{% record_state record %}``,
``{% sheet_rows rows %}``, ``{% signal_chips chips %}`` and ``{% queue_title actor as title %}``.

A page shows fifty records: rows formatted in one go cost a tenth of what a template's loop does,
which was half of the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.web.cells import format_rows, select_cell, state_mark
from core.web.figures import count_text, hours_text
from core.web.row_addresses import address_of
from organizations.accounts.actors import Actor
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.hours.queries.queue import SheetSummary
from volunteers.signals.queries.odd import Chip

register = template.Library()

_TONES = {
    RecordState.CONFIRMED.value: "good",
    RecordState.SUBMITTED.value: "waiting",
    RecordState.VOID.value: "bad",
}
_ROW = """
<tr>{}
  <th scope="row" class="identity"><a href="{}">{}</a> <span class="soft">·{}</span></th>
  <td>{}</td>
  <td>{}</td>
  <td class="num">{}</td>
  <td>{}</td>
  <td class="wrap">{}</td>
  <td>{}</td>
  <td>{}</td>
  <td>{}</td>
</tr>"""
_SHEET = """
<tr>
  <th scope="row" class="identity">
    <a href="{}?state=submitted">{}</a>
    <span class="soft d-block d-md-inline">{}</span>
    {}
    <span class="d-block d-md-none" aria-hidden="true">{}</span>
  </th>
  <td class="wrap">{}</td>
  <td class="num">{}</td>
  <td class="num">{}</td>
  <td class="num">{}</td>
  <td>{}</td>
  <td>{}</td>
  <td>{}</td>
</tr>"""
_ACTIVITY = '<span class="soft d-block">{}</span>'


@register.simple_tag
def record_state(record: ServiceRecord) -> SafeString:
    """The state as word and colour."""
    return state_mark(_TONES.get(record.state, "draft"), record.get_state_display())


@register.simple_tag
def record_rows(rows: Sequence[ServiceRecord], *, selectable: bool) -> SafeString:
    """The rows of the list of records, with their committees; ``selectable`` puts a box first."""
    return format_rows(_ROW, (_cells(record, selectable=selectable) for record in rows))


@register.simple_tag
def sheet_rows(rows: Sequence[SheetSummary]) -> SafeString:
    """The rows of the queue of sheets, with their committees."""
    return format_rows(_SHEET, map(_cells_of_sheet, rows))


@register.simple_tag
def queue_title(actor: Actor) -> str:
    """What the queue is to this reader: work to do for who confirms, work done for who enters."""
    if actor.may("hours.confirm"):
        return _("Hours to confirm")
    return _("Hours entered") if actor.may("hours.record") else _("Hours awaiting confirmation")


@register.simple_tag
def signal_chips(chips: Sequence[Chip]) -> SafeString:
    """What is odd about a sheet's records, and how many of them."""
    named = ((f"{chip.label} {count_text(chip.count)}",) for chip in chips)
    return format_rows('<span class="state state-waiting">{}</span>\n', named)


def _cells(record: ServiceRecord, *, selectable: bool) -> tuple[str, ...]:
    return (
        select_cell(record.pk, record.volunteer_name) if selectable else "",
        address_of("hours:record-detail", record.pk),
        record.volunteer_name,
        record.volunteer_number[-4:],
        record.served_on.isoformat(),
        record.clock or "–",
        record.hours,
        record_state(record),
        record.activity_title,
        record.get_kind_display(),
        record.committee.name,
        record.get_source_display(),
    )


def _cells_of_sheet(row: SheetSummary) -> tuple[str, ...]:
    sheet = row.sheet
    return (
        address_of("hours:sheet-detail", sheet.pk),
        sheet.title,
        sheet.committee.name,
        _activity(row),
        _extent(row),
        signal_chips(row.chips) if row.chips else "–",
        count_text(row.records),
        hours_text(row.minutes),
        count_text(row.people),
        _days(row),
        sheet.recorded_by_label,
        _evidence(row),
    )


def _activity(row: SheetSummary) -> str:
    """What was done, where the title does not say so."""
    if row.activities > 1:
        text = _("%(activity)s and others, %(n)s activities")
        named = text % {"activity": row.activity, "n": row.activities}
        return format_rows(_ACTIVITY, [(named,)])
    if row.activity and row.activity != row.sheet.title:
        return format_rows(_ACTIVITY, [(row.activity,)])
    return ""


def _extent(row: SheetSummary) -> str:
    """How much it is, for screens on which the columns of figures lie out of sight."""
    text = _("%(hours)s hours · %(people)s people")
    return text % {"hours": hours_text(row.minutes), "people": count_text(row.people)}


def _days(row: SheetSummary) -> str:
    if row.first_day is None or row.last_day is None:
        return ""
    first = row.first_day.isoformat()
    return first if row.first_day == row.last_day else f"{first} – {row.last_day:%m-%d}"


def _evidence(row: SheetSummary) -> str:
    if row.files:
        return ngettext("%(n)s file", "%(n)s files", row.files) % {"n": row.files}
    return _("in words") if row.sheet.evidence else "–"

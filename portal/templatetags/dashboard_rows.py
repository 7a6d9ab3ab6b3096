"""Template tag: ``{% ranking_rows rows overview on_wall %}``, the areas of a dashboard's ranking.

Rows are formatted in one go, as those of lists are.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.web.cells import format_rows, state_mark
from core.web.figures import count_text, hours_text, percent_text
from portal.dashboard.addresses import dashboard_url
from portal.dashboard.queries import Overview, Row

register = template.Library()

_ROW = """
<tr>
  <th scope="row" class="identity"><a href="{}">{}</a></th>
  {}
  {}
</tr>"""
_CELL = "<td>{}</td>"
_NUMBER = '<td class="num">{}</td>'
_NO_COUNTIES = '<td class="num soft" colspan="4">{}</td>'


@register.simple_tag
def ranking_rows(rows: Sequence[Row], overview: Overview, *, on_wall: bool) -> SafeString:
    """Coverage, volunteers and hours of each area; on a wall there is room for hours alone."""
    return format_rows(
        _ROW,
        (
            (
                dashboard_url(row.coverage.code, overview),
                row.coverage.name,
                _coverage(row, overview.below),
                _figures(row, on_wall=on_wall),
            )
            for row in rows
        ),
    )


def _coverage(row: Row, below: str) -> SafeString:
    covered = row.coverage
    if below == "cities":
        if not covered.counties:
            return format_rows(_NO_COUNTIES, [(_("no counties"),)])
        counts = (covered.counties, covered.established, covered.standardised, row.gap)
        return format_rows(_NUMBER, ((count,) for count in counts))
    if below == "counties":
        return format_rows(_CELL, ((mark,) for mark in _marks(row)))
    return SafeString("")


def _marks(row: Row) -> tuple[SafeString, SafeString]:
    established, standardised = row.coverage.established, row.coverage.standardised
    return (
        state_mark("good", _("established")) if established else state_mark("bad", _("none yet")),
        state_mark("good", _("standardised"))
        if standardised
        else state_mark("waiting", _("not yet")),
    )


def _figures(row: Row, *, on_wall: bool) -> SafeString:
    hours = hours_text(row.figures.minutes)
    shown = (
        (hours,)
        if on_wall
        else (count_text(row.volunteers), hours, percent_text(row.figures.on_time_rate))
    )
    return format_rows(_NUMBER, ((figure,) for figure in shown))

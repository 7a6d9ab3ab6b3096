"""Template tags: ``{% volunteer_rows rows own %}`` and ``{% volunteer_state volunteer %}``.

Rows are formatted in one go, as those of hours are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from core.identity.ages import age_on
from core.web.cells import format_rows, select_cell, state_mark
from core.web.row_addresses import address_of
from organizations.committees.models import Committee
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.registry.queries import ClaimBand

register = template.Library()

_TONES = {
    VolunteerState.ACTIVE.value: "active",
    VolunteerState.PAUSED.value: "waiting",
}
_ROW = """
<tr>
  {}<th scope="row" class="identity"><a href="{}">{}</a></th>
  <td>{}</td>
  <td>{}</td>
  <td>{}</td>
  <td class="num">{}</td>
  <td>{}</td>
  <td>{}</td>
  <td>{}</td>
  <td>{} {}</td>
</tr>"""


@register.simple_tag
def volunteer_state(volunteer: Volunteer) -> SafeString:
    """The state as word and colour."""
    return state_mark(_TONES.get(volunteer.state, "draft"), volunteer.get_state_display())


@register.simple_tag
def volunteer_rows(
    rows: Sequence[Volunteer], own: Committee | None, *, selectable: bool = False
) -> SafeString:
    """The rows of the list of volunteers, with their committees as ``own`` calls them.

    ``selectable`` ones begin with a box, whose value is the portal number.
    """
    today = timezone.localdate()
    cells = (
        (
            select_cell(volunteer.number, volunteer.name) if selectable else "",
            *_cells(volunteer, own, today),
        )
        for volunteer in rows
    )
    return format_rows(_ROW, cells)


def claim_mark(volunteer: Volunteer) -> SafeString:
    """What the person said of an entry that others made; empty where that was not asked for."""
    if not Volunteer._meta.get_field("claim").is_cached(volunteer):
        return SafeString("")
    if volunteer.is_unclaimed:
        return state_mark("draft", str(ClaimBand.UNCLAIMED.label))
    if hasattr(volunteer, "claim") and volunteer.claim.state == ClaimBand.DISOWNED:
        return state_mark("bad", str(ClaimBand.DISOWNED.label))
    return SafeString("")


def _cells(volunteer: Volunteer, own: Committee | None, today: date) -> tuple[str | int, ...]:
    return (
        address_of("registry:volunteer-detail", volunteer.number),
        volunteer.name,
        volunteer.number,
        volunteer.committee.name_within(own),
        volunteer.get_gender_display(),
        age_on(volunteer.birth_date, today),
        volunteer.phone_mask,
        volunteer.identity_mask,
        volunteer.registered_on.isoformat(),
        volunteer_state(volunteer),
        claim_mark(volunteer),
    )

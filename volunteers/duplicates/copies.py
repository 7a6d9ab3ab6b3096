"""What the copy of a person's data holds of entries made twice and numbers asked about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.duplicates.models import ClashNotice
from volunteers.duplicates.queries import merges_of_the_person
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part(
    "asked_about", title=_("Who asks about my number"), of=["volunteers_clashnotice.volunteer_id"]
)
def _asked_about(volunteer: Volunteer) -> Rows:
    return [
        {
            "asked_at": moment_text(each.asked_at),
            "asking": each.asking_name,
            "name": each.name,
            "reason": each.reason,
            "state": each.get_state_display(),
            "outcome": each.get_outcome_display(),
            "note": each.note,
            "answered_by": each.answered_by_label,
            "answered_at": moment_text(each.answered_at),
        }
        for each in ClashNotice.objects.of_person(volunteer.pk).order_by("pk")
    ]


@copy_part(
    "merges",
    title=_("Entries that were merged"),
    of=[
        "volunteers_merge.survivor_id",
        "volunteers_merge.merged_id",
        "volunteers_volunteer.merged_into_id",
    ],
)
def _merges(_volunteer: Volunteer) -> Rows:
    return [
        {
            "at": moment_text(each.at),
            "stays": each.survivor_number,
            "merged": each.merged_number,
            "by": each.by_label,
            "reason": each.reason,
            "undone_at": moment_text(each.undone_at),
            "undo_reason": each.undo_reason,
        }
        for each in merges_of_the_person()
    ]

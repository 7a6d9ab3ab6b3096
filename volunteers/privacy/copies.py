"""What the copy of a person's data holds of this topic and of those below it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.hours.models import CorrectionRequest, ServiceRecord
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.privacy.models import DataExport
from volunteers.privacy.summary import looks_at_the_person
from volunteers.registry.models import Volunteer
from volunteers.vocabulary.models import VolunteerTerm

__all__: list[str] = []


@copy_part(
    "records",
    title=_("Service records"),
    of=["volunteers_servicerecord.volunteer_id"],
    place=1,
)
def _records(volunteer: Volunteer) -> Rows:
    own = volunteer.records.exclude(state="draft").prefetch_related("committee")
    return [_record(record) for record in own.order_by("served_on", "pk")]


def _record(record: ServiceRecord) -> dict[str, object]:
    return {
        "served_on": record.served_on.isoformat(),
        "clock": record.clock,
        "activity": record.activity_title,
        "kind": record.get_kind_display(),
        "minutes": record.minutes,
        "committee": record.committee.full_name,
        "state": record.get_state_display(),
        "source": record.get_source_display(),
        "recorded_by": record.recorded_by_label,
        "note": record.note,
        "void_reason": record.void_reason,
        "id": record.pk,
    }


@copy_part(
    "corrections",
    title=_("Corrections asked for"),
    of=["volunteers_correctionrequest.volunteer_id"],
)
def _corrections(volunteer: Volunteer) -> Rows:
    asked = CorrectionRequest.objects.filter(volunteer=volunteer).order_by("pk")
    return [
        {
            "asked_at": moment_text(each.created_at),
            "message": each.message,
            "state": each.get_state_display(),
            "answer": each.answer,
            "record": each.record_id,
        }
        for each in asked
    ]


@copy_part(
    "abilities", title=_("Skills, interests, times"), of=["volunteers_volunteerterm.volunteer_id"]
)
def _abilities(volunteer: Volunteer) -> Rows:
    held = VolunteerTerm.objects.of_volunteer(volunteer.pk)
    return [
        {
            "kind": each.term.get_kind_display(),
            "name": each.term.name,
            "valid_until": each.valid_until.isoformat() if each.valid_until else "",
        }
        for each in held
    ]


@copy_part("consents", title=_("Consents"), of=["volunteers_consent.volunteer_id"], place=2)
def _consents(volunteer: Volunteer) -> Rows:
    return [
        {
            "given_at": moment_text(consent.given_at),
            "kind": consent.get_kind_display(),
            "title": consent.text.title,
            "version": consent.text.version,
            "given_by": consent.given_by,
            "how": consent.get_how_display(),
            "phone": consent.phone_mask,
            "ended_at": moment_text(consent.ended_at),
        }
        for consent in volunteer.consents.select_related("text").order_by("pk")
    ]


@copy_part(
    "looks",
    title=_("Who has looked at my data, and why"),
    of=[
        "volunteers_identityreveal.volunteer_id",
        "volunteers_revealapproval.volunteer_id",
        "volunteers_disclosure.volunteer_id",
        "volunteers_disclosedperson.volunteer_id",
    ],
    place=3,
)
def _looks(_volunteer: Volunteer) -> Rows:
    return [
        {
            "at": moment_text(look.at),
            "what": look.what_label,
            "who": look.who,
            "committee": look.committee,
            "role": look.role_label,
            "why": look.reason,
            "state": look.state_label,
            "answered_by": look.answered_by,
            "until": moment_text(look.until),
        }
        for look in looks_at_the_person()
    ]


@copy_part("requests", title=_("Requests"), of=["volunteers_privacyrequest.volunteer_id"])
def _requests(volunteer: Volunteer) -> Rows:
    return [
        {
            "asked_at": moment_text(request.asked_at),
            "kind": request.get_kind_display(),
            "message": request.message,
            "state": request.get_state_display(),
            "answer": request.answer,
        }
        for request in volunteer.privacy_requests.order_by("pk")
    ]


@copy_part("copies", title=_("Copies of own data"), of=["volunteers_dataexport.volunteer_id"])
def _copies(volunteer: Volunteer) -> Rows:
    made = DataExport.objects.filter(volunteer=volunteer).order_by("made_at")
    return [
        {"made_at": moment_text(each.made_at), "until": each.expires_on.isoformat()}
        for each in made
    ]

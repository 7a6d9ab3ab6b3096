"""Erasure: fifteen days to think it over, then the entry is sealed away.

Records have to be kept for ten years or more (GB/T 40143-2021), so erasing means what art. 47 of
个人信息保护法 says for that case: all use but storage ends. See docs/decisions/0008-erasure.md.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from secrets import token_bytes

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crypto.blind_index import BLIND_INDEX_BYTES
from core.crypto.sealing import seal, unseal
from core.tenancy.scope import Scope, acting_as, because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.domain import close_volunteer_account
from organizations.family.models import FamilyTie
from volunteers.privacy.domain.exporting import discard_copies_of
from volunteers.privacy.domain.persons import locked_entry
from volunteers.privacy.models import (
    PrivacyRequest,
    RequestKind,
    RequestState,
    RetainedIdentity,
    retained_context,
)
from volunteers.registry.domain.sealing import set_guardian_phone
from volunteers.registry.models import (
    Volunteer,
    VolunteerIdentity,
    VolunteerState,
    identity_context,
)

__all__ = [
    "DAYS_TO_CANCEL",
    "ask_erasure",
    "begin_sealing",
    "cancel_erasure",
    "discard_retained",
    "kept_until",
    "seal_due_entries",
]

logger = structlog.get_logger(__name__)

DAYS_TO_CANCEL = 15
YEARS_KEPT = 10
# Drawn anew for each entry: the columns are unique, and what they found must not be found again.
_NAMELESS = {RequestKind.ERASURE: "已注销", RequestKind.DISOWNED: "本人否认"}


@transaction.atomic
def ask_erasure(*, actor: Actor) -> PrivacyRequest:
    """The own entry is used for nothing any more, and sealed away after fifteen days.

    Runs in the scope of `scope_of_person`. Raises `Refusal` where that has been asked already.
    """
    actor.must("own.view")
    volunteer = locked_entry(actor.scope.volunteer)
    request = PrivacyRequest(
        kind=RequestKind.ERASURE, asked_by=actor.user, asked_by_label=actor.label
    )
    return begin_sealing(volunteer, request, reason=_("erasure asked for by the person"))


def begin_sealing(volunteer: Volunteer, request: PrivacyRequest, *, reason: str) -> PrivacyRequest:
    """Writes the request down and takes the entry out of service; ``volunteer`` is locked."""
    if volunteer.privacy_requests.open().sealing().exists():
        message = _("This has been asked for already, and can still be cancelled.")
        raise Refusal(message, code="erasure_open")
    request.volunteer, request.committee_id = volunteer, volunteer.committee_id
    request.state_before = volunteer.state
    request.due_on = timezone.localdate() + timedelta(days=DAYS_TO_CANCEL)
    request.kept_until = kept_until(volunteer)
    request.save(force_insert=True)
    volunteer.state = VolunteerState.WITHDRAWN
    with because(reason):
        volunteer.save(update_fields=["state"])
    return request


@transaction.atomic
def cancel_erasure(*, actor: Actor) -> Volunteer:
    """Everything is as before. Raises `Refusal` when there is nothing to cancel."""
    actor.must("own.view")
    volunteer = locked_entry(actor.scope.volunteer)
    return end_sealing(volunteer)


def end_sealing(volunteer: Volunteer) -> Volunteer:
    """Cancels what was begun; ``volunteer`` is locked. Raises `Refusal` where nothing was."""
    request = volunteer.privacy_requests.open().sealing().first()
    if request is None:
        raise Refusal(_("There is no erasure to cancel."), code="no_erasure")
    request.state, request.answered_at = RequestState.CANCELLED, timezone.now()
    request.save(update_fields=["state", "answered_at"])
    volunteer.state = request.state_before
    with because(_("erasure cancelled by the person")):
        volunteer.save(update_fields=["state"])
    return volunteer


def kept_until(volunteer: Volunteer) -> date:
    """Ten years after the last service, or after the registration where there was none."""
    last = volunteer.records.aggregate(last=Max("served_on"))["last"] or volunteer.registered_on
    try:
        kept: date = last.replace(year=last.year + YEARS_KEPT)
    except ValueError:
        kept = date(last.year + YEARS_KEPT, 3, 1)
    return kept


def seal_due_entries() -> int:
    """Seals away every entry whose day has come, each in a transaction of its own; how many.

    One that a rule keeps from being sealed is left for the log; one that the database refuses is a
    fault, raised as an `ExceptionGroup` once everybody else had their turn.
    """
    with acting_as(Scope.for_job("seal entries")):
        due = PrivacyRequest.objects.due(timezone.localdate()).order_by("pk")
        found = list(due.values_list("pk", "volunteer_id"))
    sealed, faults = 0, []
    for pk, volunteer_id in found:
        try:
            sealed += _is_sealed(pk, volunteer_id)
        except DatabaseError as fault:
            fault.add_note(f"privacy request {pk}")
            faults.append(fault)
    if faults:
        raise ExceptionGroup(f"{sealed} entries sealed, {len(faults)} refused", faults)
    return sealed


def _is_sealed(request_id: int, volunteer_id: int) -> bool:
    try:
        with acting_as(Scope.for_job("seal entry")):
            # The entry first, as who cancels does.
            volunteer = locked_entry(volunteer_id)
            request = PrivacyRequest.objects.select_for_update().get(pk=request_id)
            if not request.is_open:
                return False
            _seal_away(volunteer, request)
    except Refusal as refused:
        logger.warning("entry_not_sealed", request=request_id, code=refused.code)
        return False
    return True


def discard_retained() -> int:
    """Deletes what was kept under seal once the law has had its time; how many."""
    with acting_as(Scope.for_job("discard retained")):
        over = RetainedIdentity.objects.filter(kept_until__lt=timezone.localdate())
        count, _tables = over.delete()
    return count


def _seal_away(volunteer: Volunteer, request: PrivacyRequest) -> None:
    """The entry, and those that were merged into it: they are the same person's."""
    until = max(request.kept_until or date.min, kept_until(volunteer))
    merged = Volunteer.objects.select_for_update().filter(merged_into=volunteer).order_by("pk")
    for entry in [volunteer, *merged]:
        _seal_entry(entry, _NAMELESS[RequestKind(request.kind)], until=until)
        close_volunteer_account(entry.pk)
        discard_copies_of(entry.pk)
        ties = FamilyTie.objects.filter(volunteer_id=entry.pk)
        ties.filter(ended_at__isnull=True).update(ended_at=timezone.now())
        ties.update(child_name=entry.name)
    # What was just written down of the request names the person too.
    request.refresh_from_db()
    request.state, request.answered_at = RequestState.DONE, timezone.now()
    request.kept_until = until
    request.save(update_fields=["state", "answered_at", "kept_until"])


def _seal_entry(entry: Volunteer, nameless: str, *, until: date) -> None:
    identity = VolunteerIdentity.objects.select_for_update().get(pk=entry.pk)
    RetainedIdentity(
        volunteer=entry,
        committee_id=entry.committee_id,
        sealed=seal(_who(entry, identity), context=retained_context(entry.pk)),
        kept_until=until,
    ).save(force_insert=True)
    was = entry.name
    _blank(entry, identity, nameless)
    with because(_("sealed away")):
        entry.save()
    identity.save()
    # Rows that name the person, in every topic and in the histories, other committees' too.
    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_seal_names(%s, %s)", [entry.pk, was])


def _who(volunteer: Volunteer, identity: VolunteerIdentity) -> str:
    """The person as the law may ask for: JSON with name, document, telephone and birth date."""
    number = unseal(identity.number_sealed, context=identity_context(volunteer.pk, "number_sealed"))
    phone = unseal(identity.phone_sealed, context=identity_context(volunteer.pk, "phone_sealed"))
    said = {
        "name": volunteer.name,
        "document": identity.document_kind,
        "number": number,
        "phone": phone,
        "birth_date": volunteer.birth_date.isoformat(),
        "registered_on": volunteer.registered_on.isoformat(),
    }
    return json.dumps(said, ensure_ascii=False)


def _blank(volunteer: Volunteer, identity: VolunteerIdentity, name: str) -> None:
    """Takes away what tells who it was; the year of birth stays for figures by age."""
    volunteer.name, volunteer.pinyin, volunteer.initials = name, "", ""
    volunteer.birth_date = date(volunteer.birth_date.year, 1, 1)
    volunteer.political_status, volunteer.skills, volunteer.consent_evidence = "", [], ""
    volunteer.guardian_name, volunteer.identity_mask, volunteer.phone_mask = "", "", ""
    if volunteer.merged_into_id is None:
        volunteer.state = VolunteerState.ERASED
    for column in ("number", "phone"):
        context = identity_context(volunteer.pk, f"{column}_sealed")
        setattr(identity, f"{column}_sealed", seal("", context=context))
        # Finds nothing: no value has it, and the number may be registered anew.
        setattr(identity, f"{column}_index", token_bytes(BLIND_INDEX_BYTES))
    set_guardian_phone(volunteer, identity, "")

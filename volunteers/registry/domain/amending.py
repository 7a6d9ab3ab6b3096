"""Putting right what the registry says; the row as it was stays in the history, with the reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.registry.domain import rules
from volunteers.registry.domain.registering import number_is_taken, number_taken, set_name
from volunteers.registry.domain.sealing import set_guardian_phone, set_number, set_phone
from volunteers.registry.models import Volunteer, VolunteerIdentity, VolunteerState
from volunteers.vocabulary.domain import match_skills
from volunteers.vocabulary.models import Term

__all__ = ["amend_volunteer", "change_guardian", "change_phone", "correct_document"]


@transaction.atomic
def amend_volunteer(
    volunteer: Volunteer,
    *,
    actor: Actor,
    name: str,
    committee: Committee,
    political_status: str,
    skills: Iterable[str],
    reason: str,
    phone: str = "",
) -> Volunteer:
    """Changes what is not sealed, and the telephone unless ``phone`` is empty.

    With another committee the person moves there; records stay with those who recorded them.
    Raises `Refusal` without a reason, for somebody who has withdrawn, and for what the rules do
    not allow.
    """
    locked, identity = _locked(volunteer, actor)
    reason = rules.reason_given(reason)
    set_name(locked, rules.name_given(name))
    locked.political_status = rules.status_given(political_status)
    locked.skills = Term.objects.all().listed(rules.skills_given(skills))
    if committee.pk != locked.committee_id:
        # The sealed row goes along, or the new committee could not look the person up.
        locked.committee = identity.committee = rules.committee_given(committee, actor=actor)
    if phone.strip():
        set_phone(locked, identity, rules.phone_given(phone))
    saved = _save(locked, identity, reason)
    match_skills(saved.pk, committee=saved.committee_id, actor=actor, words=saved.skills)
    return saved


@transaction.atomic
def change_phone(volunteer: Volunteer, *, actor: Actor, phone: str, reason: str) -> Volunteer:
    """The number that the person is reached at. Raises `Refusal` as `amend_volunteer` does."""
    locked, identity = _locked(volunteer, actor)
    reason = rules.reason_given(reason)
    set_phone(locked, identity, rules.phone_given(phone))
    return _save(locked, identity, reason)


@transaction.atomic
def change_guardian(
    volunteer: Volunteer, *, actor: Actor, guardian: rules.Guardian, reason: str
) -> Volunteer:
    """Who consented for a minor.

    Raises `Refusal` for an adult, without telephone or consent, and as `amend_volunteer` does.
    """
    locked, identity = _locked(volunteer, actor)
    reason = rules.reason_given(reason)
    if not locked.is_minor:
        message = _("The volunteer is of age; a guardian is not kept.")
        raise Refusal(message, code="of_age", field="guardian_phone")
    kept = rules.guardian_given(locked.birth_date, guardian)
    locked.guardian_name = kept.name
    locked.guardian_consent_on = kept.consent_on
    set_guardian_phone(locked, identity, kept.phone)
    return _save(locked, identity, reason)


@transaction.atomic
def correct_document(
    volunteer: Volunteer, *, actor: Actor, document: rules.Document, reason: str
) -> Volunteer:
    """A document entered wrongly, or a new one; birth date and gender follow it.

    Raises `AlreadyRegistered` when the number is somebody else's, and `Refusal` as
    `amend_volunteer` does, also where the new birth date makes a minor without a guardian.
    """
    locked, identity = _locked(volunteer, actor)
    reason = rules.reason_given(reason)
    paper = rules.paper_given(document)
    rules.registered_on_given(locked.registered_on, paper.birth_date)
    locked.birth_date, locked.gender = paper.birth_date, paper.gender
    if locked.is_minor and not identity.guardian_phone_sealed:
        message = _("By this number the volunteer is under 18, and no guardian has consented.")
        raise Refusal(message, code="guardian_phone_missing", field="number")
    identity.document_kind = paper.kind
    set_number(locked, identity, paper.number)
    try:
        with transaction.atomic():
            return _save(locked, identity, reason)
    except IntegrityError as error:
        if number_is_taken(error):
            raise number_taken(paper.number, actor=actor) from error
        raise


def _locked(volunteer: Volunteer, actor: Actor) -> tuple[Volunteer, VolunteerIdentity]:
    """Both rows, locked in one order. Raises `Refusal` for somebody who has withdrawn."""
    actor.must("volunteers.edit")
    locked = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if locked.state == VolunteerState.WITHDRAWN:
        message = _("{name} has withdrawn. Take the person up again before changing anything.")
        raise Refusal(message.format(name=locked.name), code="withdrawn")
    identity = VolunteerIdentity.objects.select_for_update().get(pk=volunteer.pk)
    return locked, identity


def _save(volunteer: Volunteer, identity: VolunteerIdentity, reason: str) -> Volunteer:
    identity.save()
    with because(reason):
        volunteer.save()
    return volunteer

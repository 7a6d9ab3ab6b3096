"""Registering one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import structlog
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from core.identity.names import pinyin_initials, pinyin_key
from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.registry.domain import rules
from volunteers.registry.domain.rules import Consent, Document, Guardian, Paper
from volunteers.registry.domain.sealing import set_guardian_phone, set_number, set_phone
from volunteers.registry.models import RegistrationSource, Volunteer, VolunteerIdentity

__all__ = [
    "AlreadyRegistered",
    "number_is_taken",
    "number_taken",
    "register_volunteer",
    "set_name",
]

logger = structlog.get_logger(__name__)


class AlreadyRegistered(Refusal):
    """Somebody has this number already: ``volunteer`` where the actor may see who, else None."""

    def __init__(self, volunteer: Volunteer | None) -> None:
        super().__init__(_sentence(volunteer), code="already_registered", field="number")
        self.volunteer = volunteer


@transaction.atomic
def register_volunteer(
    *,
    actor: Actor,
    committee: Committee,
    document: Document,
    name: str,
    phone: str,
    consent: Consent,
    registered_on: date,
    political_status: str = "",
    skills: Iterable[str] = (),
    guardian: Guardian | None = None,
    nonce: UUID | None = None,
) -> Volunteer:
    """Registers a person who has consented, with identifiers sealed and a portal number drawn.

    Birth date and gender are read from the number; a passport says neither. Somebody who is under
    18 on the day of entry needs a ``guardian`` with telephone and consent; an adult's is not kept.
    A ``nonce`` that was seen before returns the volunteer it made then.

    Raises `AlreadyRegistered`, and `Refusal` for what the rules do not allow.
    """
    actor.must("volunteers.register")
    if nonce is not None and (earlier := _registered_before(nonce)):
        return earlier
    paper = rules.paper_given(document)
    kept_guardian = rules.guardian_given(paper.birth_date, guardian or Guardian())
    kept_consent = rules.consent_given(consent)
    volunteer = Volunteer(
        committee=rules.committee_given(committee, actor=actor),
        gender=paper.gender,
        birth_date=paper.birth_date,
        political_status=rules.status_given(political_status),
        skills=rules.skills_given(skills),
        registered_on=rules.registered_on_given(registered_on, paper.birth_date),
        source=RegistrationSource.FORM,
        consent_on=kept_consent.on,
        consent_evidence=kept_consent.evidence,
        guardian_name=kept_guardian.name,
        guardian_consent_on=kept_guardian.consent_on,
        nonce=nonce,
    )
    set_name(volunteer, rules.name_given(name))
    stored = rules.phone_given(phone)
    return _insert(volunteer, paper, phone=stored, guardian=kept_guardian, actor=actor)


def set_name(volunteer: Volunteer, name: str) -> None:
    """A name, in its stored form, with what it is found by; saves nothing."""
    volunteer.name = name
    volunteer.pinyin = pinyin_key(name)[: Volunteer._meta.get_field("pinyin").max_length]
    volunteer.initials = pinyin_initials(name)[: Volunteer._meta.get_field("initials").max_length]


def number_taken(number: str, *, actor: Actor) -> AlreadyRegistered:
    """The refusal of a number that is somebody's, after the savepoint has been rolled back.

    Outside of the actor's scope it says that the number is known and nothing else; that it was
    asked is logged, without the number.
    """
    identity = VolunteerIdentity.objects.with_number(number).select_related("volunteer").first()
    volunteer = identity.volunteer if identity else None
    logger.info(
        "number_already_registered",
        user=actor.scope.user,
        committee=actor.scope.committee,
        in_scope=volunteer is not None,
    )
    return AlreadyRegistered(volunteer)


def _insert(
    volunteer: Volunteer, paper: Paper, *, phone: str, guardian: Guardian, actor: Actor
) -> Volunteer:
    # Values are sealed for the key of their row, so it is drawn first.
    volunteer.pk = _next_key()
    identity = VolunteerIdentity(
        volunteer=volunteer, committee=volunteer.committee, document_kind=paper.kind
    )
    set_number(volunteer, identity, paper.number)
    set_phone(volunteer, identity, phone)
    set_guardian_phone(volunteer, identity, guardian.phone)
    try:
        with transaction.atomic():
            volunteer.save(force_insert=True)
            identity.save(force_insert=True)
    except IntegrityError as error:
        # The same form sent twice at one moment: the second waited for the first, and finds it.
        if volunteer.nonce and (earlier := _registered_before(volunteer.nonce)):
            return earlier
        if number_is_taken(error):
            raise number_taken(paper.number, actor=actor) from error
        if "nonce" in broken_constraint(error):
            said = _("This key has been used for another record.")
            raise Refusal(said, code="nonce_used", field="nonce") from error
        raise
    return volunteer


def number_is_taken(error: IntegrityError) -> bool:
    """Whether the database refused a number that somebody has."""
    return "number_index" in broken_constraint(error)


def _next_key() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('volunteers_volunteer_id_seq')")
        (key,) = cursor.fetchone()
    return int(key)


def _registered_before(nonce: UUID) -> Volunteer | None:
    return Volunteer.objects.filter(nonce=nonce).first()


def _sentence(volunteer: Volunteer | None) -> str:
    if volunteer is None:
        return _(
            "This identity number is registered already, with a committee outside yours. Hours can "
            "be entered with the number and the name exactly as registered; or ask below to have "
            "it settled."
        )
    message = _(
        "This identity number is registered already: {name}, portal number {number}, {committee}."
    )
    return message.format(
        name=volunteer.name, number=volunteer.number, committee=volunteer.committee.full_name
    )

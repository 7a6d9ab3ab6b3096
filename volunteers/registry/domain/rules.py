"""What may stand in the registry, by whichever way it comes in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.ages import is_minor
from core.identity.documents import DocumentKind, parse_document
from core.identity.identity_numbers import (
    EARLIEST_BIRTH_YEAR,
    Gender,
    InvalidIdentityNumber,
)
from core.identity.names import normalize_name
from core.identity.phones import InvalidPhone, normalize_phone
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee, Level
from volunteers.registry.models import IdentityReveal, Volunteer
from volunteers.vocabulary.models import MOST_SKILLS

__all__ = [
    "MOST_SKILLS",
    "Consent",
    "Document",
    "Guardian",
    "Paper",
    "back_on_given",
    "committee_given",
    "consent_given",
    "guardian_given",
    "name_given",
    "paper_given",
    "phone_given",
    "reason_given",
    "registered_on_given",
    "skills_given",
    "split_skills",
    "status_given",
]

_MOST_SKILL = 30
_BETWEEN_SKILLS = re.compile(r"[、,，;；/|\s]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is entered; birth date and gender are asked for with a passport only."""

    kind: DocumentKind
    number: str
    birth_date: date | None = None
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that has been checked, with what it says or what was said beside a passport."""

    kind: DocumentKind
    number: str
    birth_date: date
    gender: Gender


@dataclass(frozen=True, slots=True)
class Consent:
    """The person's own consent: since when, and where it is kept."""

    on: date
    evidence: str


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who consented for a minor; all empty for an adult, whose guardian is nobody's business."""

    name: str = ""
    phone: str = ""
    consent_on: date | None = None


def name_given(text: str, *, field: str = "name") -> str:
    """A name in its stored form. Raises `Refusal` when it is missing or too long."""
    missing = _("The name is missing. Enter it as the document shows it.")
    return text_given(
        normalize_name(text),
        field=field,
        most=Volunteer._meta.get_field("name").max_length,
        missing=missing,
    )


def phone_given(text: str, *, field: str = "phone") -> str:
    """A telephone number in its stored form. Raises `Refusal` for one that nobody can dial."""
    try:
        return normalize_phone(text)
    except InvalidPhone as error:
        raise Refusal(error.message, code=f"{field}_{error.code}", field=field) from error


def paper_given(given: Document) -> Paper:
    """The document, checked; what a number says itself may be said again, but not otherwise.

    Raises `Refusal` for a number that cannot be, for a birth date or gender that the number
    contradicts, and where a passport comes without them.
    """
    today = timezone.localdate()
    try:
        document = parse_document(given.kind, given.number, today=today)
    except InvalidIdentityNumber as error:
        raise Refusal(error.message, code=f"number_{error.code}", field="number") from error
    if document.birth_date is None or document.gender is None:
        return _paper_of_passport(document.number, given, today)
    if given.birth_date not in {None, document.birth_date}:
        message = _("The identity number says {date}. Compare both with the document.")
        said = message.format(date=document.birth_date.isoformat())
        raise Refusal(said, code="birth_date_differs", field="birth_date")
    if given.gender not in {None, document.gender}:
        message = _("The identity number says otherwise. Compare both with the document.")
        raise Refusal(message, code="gender_differs", field="gender")
    return Paper(given.kind, document.number, document.birth_date, document.gender)


def _paper_of_passport(number: str, given: Document, today: date) -> Paper:
    if given.birth_date is None:
        message = _("A passport's number does not say the birth date. Enter it.")
        raise Refusal(message, code="birth_date_missing", field="birth_date")
    if given.birth_date.year < EARLIEST_BIRTH_YEAR or given.birth_date > today:
        message = _("Nobody living was born on that day. Compare it with the passport.")
        raise Refusal(message, code="birth_date_impossible", field="birth_date")
    if given.gender is None:
        message = _("A passport's number does not say the gender. Choose it.")
        raise Refusal(message, code="gender_missing", field="gender")
    return Paper(DocumentKind.PASSPORT, number, given.birth_date, given.gender)


def guardian_given(birth_date: date, given: Guardian) -> Guardian:
    """The guardian of somebody who is under 18 today (中国注册志愿者管理办法 2013).

    Raises `Refusal` when a minor's guardian has no telephone or has not consented.
    """
    today = timezone.localdate()
    if not is_minor(birth_date, today):
        return Guardian()
    if not given.phone.strip():
        message = _(
            "The volunteer is under 18. Enter the telephone number of a guardian who has consented."
        )
        raise Refusal(message, code="guardian_phone_missing", field="guardian_phone")
    if given.consent_on is None:
        message = _("The volunteer is under 18. Enter the day on which the guardian consented.")
        raise Refusal(message, code="guardian_consent_missing", field="guardian_consent_on")
    _check_not_future(given.consent_on, today, field="guardian_consent_on")
    most = Volunteer._meta.get_field("guardian_name").max_length
    return Guardian(
        name=text_given(normalize_name(given.name), field="guardian_name", most=most),
        phone=phone_given(given.phone, field="guardian_phone"),
        consent_on=given.consent_on,
    )


def consent_given(given: Consent) -> Consent:
    """The person's own consent (志愿服务记录与证明出具办法, art. 6).

    Raises `Refusal` for a day to come and without a source.
    """
    _check_not_future(given.on, timezone.localdate(), field="consent_on")
    missing = _("Say where the consent is kept, such as “signed form, file 2026-05”.")
    most = Volunteer._meta.get_field("consent_evidence").max_length
    evidence = text_given(given.evidence, field="consent_evidence", most=most, missing=missing)
    return Consent(given.on, evidence)


def registered_on_given(day: date, birth_date: date) -> date:
    """Raises `Refusal` for a day to come or one before the person's birth."""
    _check_not_future(day, timezone.localdate(), field="registered_on")
    if day <= birth_date:
        message = _("The day of registration is not after the birth date. Correct it.")
        raise Refusal(message, code="registered_before_birth", field="registered_on")
    return day


def back_on_given(day: date | None) -> date | None:
    """When a pause is expected to end, which need not be known. Raises `Refusal` for a past day."""
    if day is not None and day <= timezone.localdate():
        message = _("{date} is not in the future. Choose the day of the return, or leave it empty.")
        raise Refusal(message.format(date=day.isoformat()), code="back_on_past", field="back_on")
    return day


def committee_given(committee: Committee, *, actor: Actor) -> Committee:
    """The committee that a volunteer may belong to: open, at the bottom, at or below one's own.

    Raises `Refusal` otherwise.
    """
    own = actor.committee
    if own is None or not own.contains(committee.path):
        message = _("That committee does not lie below yours. Choose one that does.")
        raise Refusal(message, code="committee_elsewhere", field="committee")
    here = Committee.objects.existing_on(timezone.localdate())
    if not here.filter(pk=committee.pk).exists():
        message = _("That committee has been closed. Choose the one that took its place.")
        raise Refusal(message, code="committee_closed", field="committee")
    if committee.level != Level.TOWNSHIP and here.children_of(committee.path).exists():
        message = _("Choose the township, not the committee above it.")
        raise Refusal(message, code="committee_too_high", field="committee")
    return committee


def status_given(text: str) -> str:
    """Political status, which may be empty. Raises `Refusal` when it is too long."""
    most = Volunteer._meta.get_field("political_status").max_length
    return text_given(text, field="political_status", most=most)


def skills_given(skills: Iterable[str]) -> list[str]:
    """Skills without blanks and repetitions. Raises `Refusal` for too many or too long ones."""
    kept = [text_given(each, field="skills", most=_MOST_SKILL) for each in skills]
    kept = list(dict.fromkeys(filter(None, kept)))
    if len(kept) > MOST_SKILLS:
        message = _("At most {most} skills are kept. Leave the most useful ones.")
        raise Refusal(message.format(most=MOST_SKILLS), code="too_many_skills", field="skills")
    return kept


def split_skills(text: str) -> list[str]:
    """The skills of one line, whatever stands between them."""
    return [skill for skill in _BETWEEN_SKILLS.split(text) if skill]


def reason_given(text: str) -> str:
    """A reason that is kept. Raises `Refusal` when it is missing or too long."""
    missing = _("Say why: the reason is kept.")
    return text_given(
        text,
        field="reason",
        most=IdentityReveal._meta.get_field("reason").max_length,
        missing=missing,
    )


def _check_not_future(day: date, today: date, *, field: str) -> None:
    if day > today:
        message = _("{date} is in the future. Correct the date.")
        raise Refusal(message.format(date=day.isoformat()), code=f"{field}_in_future", field=field)

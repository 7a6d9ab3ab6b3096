"""A guardian's consent: a link, the text, a code to the guardian's telephone; withdrawn as easily.

Who is under 18 needs it (中国注册志愿者管理办法, 2013), under 14 also by 个人信息保护法, art. 31.
A signed paper still counts; the officer enters it in the registry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.names import normalize_name
from core.messages.sending import send_message
from core.tenancy.scope import because
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.guardians.domain.links import (
    guardian_code,
    make_link,
    minor_of,
    opened_link,
    use_up,
)
from volunteers.guardians.models import LinkUse
from volunteers.privacy.domain.consenting import record_consent
from volunteers.privacy.domain.persons import locked_entry, phone_of
from volunteers.privacy.models import (
    Consent,
    ConsentKind,
    HowConsented,
    PrivacyRequest,
    RequestKind,
    RequestState,
)
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = [
    "Given",
    "give_guardian_consent",
    "send_guardian_link",
    "withdraw_guardian_consent",
]


@dataclass(frozen=True, slots=True)
class Given:
    """A consent, and the token of the link by which it is withdrawn."""

    consent: Consent
    token: str


def send_guardian_link(
    volunteer: Volunteer, *, actor: Actor, address_of: Callable[[str], str]
) -> str:
    """Sends the guardian on record the link to the page of consent; its address.

    Asked by an officer or by the minor. Earlier links that were not used open nothing any more.
    Raises `Refusal` for an adult, and where no guardian's telephone is on record.
    """
    if actor.scope.volunteer != volunteer.pk and not actor.may("volunteers.edit"):
        raise PermissionDenied
    if not volunteer.is_minor:
        message = _("The volunteer is of age; a guardian is not kept.")
        raise Refusal(message, code="of_age")
    phone = phone_of(volunteer.pk, guardian=True)
    if phone is None:
        message = _("No guardian's telephone is on record. Enter it first.")
        raise Refusal(message, code="no_guardian_phone")
    address = address_of(make_link(volunteer, LinkUse.GIVE, actor=actor))
    text = _("{name} wants to serve as a volunteer and needs your consent: {address}")
    send_message(
        kind="guardian.link", phone=phone, text=text.format(name=volunteer.name, address=address)
    )
    return address


@transaction.atomic
def give_guardian_consent(
    token: str, *, code_id: UUID | None, digits: str, name: str, address_of: Callable[[str], str]
) -> Given | None:
    """Writes down the consent to the text in force; the link is used up.

    None for a wrong code, which counts as a try. The guardian is sent the link by which the
    consent is withdrawn. Raises `Refusal` for a link that opens nothing, and without a name.
    """
    link = opened_link(token, LinkUse.GIVE)
    missing = _("Enter your name.")
    given_by = text_given(normalize_name(name), field="name", most=50, missing=missing)
    code = guardian_code(link, code_id, digits)
    if code is None:
        return None
    volunteer = locked_entry(minor_of(link))
    use_up(link)
    consent = record_consent(
        volunteer,
        ConsentKind.GUARDIAN,
        given_by=given_by,
        how=HowConsented.CODE,
        phone_mask=code.phone_mask,
    )
    volunteer.guardian_name, volunteer.guardian_consent_on = given_by, timezone.localdate()
    _take_up_again(volunteer)
    with because(_("guardian's consent by link and code")):
        volunteer.save(update_fields=["guardian_name", "guardian_consent_on", "state"])
    back = make_link(volunteer, LinkUse.WITHDRAW)
    text = _("You consented for {name}. To withdraw it at any time: {address}")
    send_message(
        kind="guardian.link",
        phone=phone_of(volunteer.pk, guardian=True) or "",
        text=text.format(name=volunteer.name, address=address_of(back)),
    )
    return Given(consent, back)


@transaction.atomic
def withdraw_guardian_consent(
    token: str, *, code_id: UUID | None, digits: str
) -> PrivacyRequest | None:
    """Ends the consent: the minor serves no more for now, and the committee is told.

    None for a wrong code. Raises `Refusal` for a link that opens nothing.
    """
    link = opened_link(token, LinkUse.WITHDRAW)
    code = guardian_code(link, code_id, digits)
    if code is None:
        return None
    volunteer = locked_entry(minor_of(link))
    use_up(link)
    volunteer.consents.standing().of_guardians().update(ended_at=timezone.now())
    before = volunteer.state
    volunteer.guardian_consent_on = None
    if before == VolunteerState.ACTIVE:
        volunteer.state = VolunteerState.PAUSED
    with because(_("guardian's consent withdrawn")):
        volunteer.save(update_fields=["guardian_consent_on", "state"])
    volunteer.privacy_requests.open().filter(kind=RequestKind.GUARDIAN).update(
        state=RequestState.CANCELLED, answered_at=timezone.now()
    )
    return PrivacyRequest.objects.create(
        volunteer=volunteer,
        committee_id=volunteer.committee_id,
        kind=RequestKind.GUARDIAN,
        state_before=before,
        asked_by_label=_("by a code to {phone}").format(phone=code.phone_mask),
    )


def _take_up_again(volunteer: Volunteer) -> None:
    """Who was paused because the consent was withdrawn, serves again with it."""
    asked = volunteer.privacy_requests.filter(kind=RequestKind.GUARDIAN).order_by("-pk").first()
    if asked is None or volunteer.state != VolunteerState.PAUSED:
        return
    volunteer.state = asked.state_before or volunteer.state
    if asked.is_open:
        asked.state, asked.answered_at = RequestState.CANCELLED, timezone.now()
        asked.save(update_fields=["state", "answered_at"])

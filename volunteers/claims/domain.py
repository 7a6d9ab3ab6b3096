"""Claiming an entry, or disowning it: who holds the telephone on record may say so.

Everything here runs in the scope of a job, since nobody is signed in. No answer tells whether a
number is registered: an unknown person is asked for a code that never comes. People registered
without knowing it are a known abuse; 个人信息保护法, art. 44, gives them the say.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.messages.codes import Asked, ask_code, redeem_code
from core.web.texts import text_given
from organizations.accounts.domain import open_claimed_account
from organizations.accounts.models import User
from volunteers.claims.models import Claim, ClaimState
from volunteers.privacy.domain.erasing import begin_sealing, end_sealing
from volunteers.privacy.domain.persons import locked_entry, phone_of
from volunteers.privacy.models import PrivacyRequest, RequestKind
from volunteers.registry.domain.matching import entry_named
from volunteers.registry.models import Volunteer

__all__ = ["PURPOSE", "ask_claim_code", "claim_entry", "disown_entry", "entry_of_code"]

PURPOSE = "claim"


def ask_claim_code(*, number: str, name: str, address: str) -> UUID:
    """Sends a code to the telephone on record of that person, if there is one; the code's key.

    ``address`` is the network address of who asks. Raises `Refusal` for what is no number or name,
    and when it was asked too often.
    """
    said, entry = entry_named(number, name)
    code = ask_code(
        Asked(
            purpose=PURPOSE,
            subject=said,
            address=address,
            text=_(
                "{code} is your code to claim or disown your volunteer entry. It holds 10 minutes."
            ),
            target=entry.pk if entry else None,
            phone=phone_of(entry.pk) if entry else None,
        )
    )
    return code.pk


def entry_of_code(code_id: UUID | None, digits: str) -> int | None:
    """The entry that a right code opens, once; None for a wrong one, which counts as a try."""
    code = redeem_code(code_id, digits, purpose=PURPOSE)
    return code.target if code else None


@transaction.atomic
def claim_entry(volunteer_id: int, *, username: str, password: str) -> User:
    """The person takes the entry: an account for it, or a new password for the one there is.

    An entry that had been disowned is taken back while that can be cancelled. Raises as
    `open_claimed_account` does, and `Refusal` for an entry that is gone.
    """
    volunteer = locked_entry(volunteer_id)
    user = open_claimed_account(
        volunteer_id=volunteer.pk, username=username, name=volunteer.name, password=password
    )
    if volunteer.privacy_requests.open().filter(kind=RequestKind.DISOWNED).exists():
        end_sealing(volunteer)
    _say(volunteer, ClaimState.CLAIMED)
    return user


@transaction.atomic
def disown_entry(volunteer_id: int, *, message: str) -> PrivacyRequest:
    """The person has nothing to do with the entry: it serves no more, and its committee is told.

    The hours stay where they were recorded and are counted apart; after fifteen days the name goes
    from the entry and from the hours. Raises `Refusal` where that has been said already.
    """
    volunteer = locked_entry(volunteer_id)
    most = PrivacyRequest._meta.get_field("message").max_length
    request = PrivacyRequest(
        kind=RequestKind.DISOWNED,
        message=text_given(message, field="message", most=most),
        asked_by_label=_("by a code to {phone}").format(phone=volunteer.phone_mask),
    )
    begin_sealing(volunteer, request, reason=_("disowned by the person"))
    _say(volunteer, ClaimState.DISOWNED)
    return request


def _say(volunteer: Volunteer, state: ClaimState) -> None:
    Claim.objects.update_or_create(
        volunteer=volunteer,
        defaults={
            "committee_id": volunteer.committee_id,
            "state": state,
            "said_at": timezone.now(),
            "phone_mask": volunteer.phone_mask,
        },
    )

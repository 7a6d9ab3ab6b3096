"""Somebody under 18 is transferred only after the guardian has agreed, by link and code.

The new committee gets a minor's data; 个人信息保护法, art. 31, and 中国注册志愿者管理办法 leave
that to the guardian. Until then the receiving committee does not even see the request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.identity.names import normalize_name
from core.messages.sending import send_message
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.guardians.domain.links import (
    guardian_code,
    link_behind,
    make_link,
    opened_link,
    use_up,
)
from volunteers.guardians.models import GuardianLink, LinkUse
from volunteers.privacy.domain.persons import phone_of
from volunteers.registry.models import Volunteer
from volunteers.transfers.models import Transfer

__all__ = ["Question", "answer_as_guardian", "question_behind", "send_guardian_links"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks: the transfer of the link's minor."""

    link: GuardianLink
    transfer: Transfer


def send_guardian_links(
    volunteer_id: int, *, actor: Actor, address_of: Callable[[str], str]
) -> int:
    """Sends the guardian on record a link for each transfer that waits for it; how many.

    ``address_of`` makes a path into a whole address. In the scope of the person or the present
    committee. Links sent before open nothing any more.
    Raises `Refusal` where no guardian's telephone is on record.
    """
    waiting = list(Transfer.objects.of_person(volunteer_id).for_guardians())
    if not waiting:
        return 0
    volunteer = Volunteer.objects.get(pk=volunteer_id)
    phone = phone_of(volunteer_id, guardian=True)
    if phone is None:
        said = _(
            "The volunteer is under 18 and no guardian's telephone is on record. Have it entered "
            "first: the guardian is asked before a transfer."
        )
        raise Refusal(said, code="no_guardian_phone")
    text = _("{name} is to move from {origin} to {destination}. Do you agree? {address}")
    for transfer in waiting:
        token = make_link(volunteer, LinkUse.TRANSFER, actor=actor, about=transfer.pk)
        said = text.format(
            name=volunteer.name,
            origin=transfer.origin_name,
            destination=transfer.destination_name,
            address=address_of(reverse("transfers:guardian-answer", args=[token])),
        )
        send_message(kind="guardian.link", phone=phone, text=said)
    return len(waiting)


def question_behind(token: str) -> Question | None:
    """What the link asks; None for one that opens nothing, or a transfer that waits no more."""
    link = link_behind(token, [LinkUse.TRANSFER])
    if link is None:
        return None
    waiting = Transfer.objects.of_person(link.volunteer_id).for_guardians()
    transfer = waiting.filter(pk=link.about or 0).first()
    return Question(link, transfer) if transfer else None


@transaction.atomic
def answer_as_guardian(
    token: str, *, code_id: UUID | None, digits: str, name: str, agrees: bool
) -> bool:
    """Writes down the answer and uses the link up; False for a wrong code, which counts as a try.

    In the scope of a job. Raises `Refusal` for a link that opens nothing, and without a name.
    """
    link = opened_link(token, LinkUse.TRANSFER)
    missing = _("Enter your name.")
    who = text_given(normalize_name(name), field="name", most=50, missing=missing)
    if guardian_code(link, code_id, digits) is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_guardian_answers(%s, %s, %s)", [link.about, agrees, who])
        (problem,) = cursor.fetchone()
    if problem:
        said = _("This transfer has been settled meanwhile; nothing is asked of you any more.")
        raise Refusal(said, code=problem)
    use_up(link)
    return True

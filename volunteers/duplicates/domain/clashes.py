"""A number registered elsewhere: asking whoever has it, and answering.

The answer to asking is the same whether anybody has the number or not. A trigger of the database
tells the committee that has it; nobody else learns that there is one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.crypto.blind_index import IDENTITY_NUMBER, blind_index
from core.crypto.masks import mask_identity_number
from core.identity.documents import DocumentKind, parse_document
from core.identity.identity_numbers import PERMIT_PREFIXES, InvalidIdentityNumber
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.duplicates.models import ClashNotice, ClashOutcome, ClashRequest
from volunteers.registry.domain import AlreadyRegistered, must_find_again, rules
from volunteers.registry.models import VolunteerIdentity
from volunteers.transfers.domain import send_guardian_links

__all__ = ["answer_clash", "ask_about_number", "take_back_clash"]

_PROBLEMS = {
    "not_yours": gettext_lazy("Only the committee that has the number, or the person, answers."),
    "answered": gettext_lazy("This request has been answered already."),
    "not_serving": gettext_lazy(
        "The volunteer has withdrawn. Take the person up again before a transfer."
    ),
    "already_asked": gettext_lazy("This has been asked already; the receiving committee answers."),
    "other_words": gettext_lazy(
        "This answer does not fit the question. Choose one of the buttons."
    ),
    "no_place": gettext_lazy("The asking committee takes no volunteers any more."),
}


@transaction.atomic
def ask_about_number(
    *, actor: Actor, committee: Committee, number: str, name: str, reason: str
) -> ClashRequest:
    """Asks whoever has registered ``number``, for the person called ``name`` in ``committee``.

    Raises `AlreadyRegistered` for a number of one's own, and `Refusal` for one that cannot be,
    without name or reason, and while the same waits.
    """
    actor.must("volunteers.register")
    committee = rules.committee_given(committee, actor=actor)
    must_find_again()
    stored = _stored(number)
    own = VolunteerIdentity.objects.with_number(stored).select_related("volunteer").first()
    if own is not None:
        raise AlreadyRegistered(own.volunteer)
    request = ClashRequest(
        committee=committee,
        number_index=blind_index(stored, purpose=IDENTITY_NUMBER),
        number_mask=mask_identity_number(stored),
        name=rules.name_given(name),
        reason=rules.reason_given(reason),
        asked_by_label=actor.label,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        said = _("You have asked about this number already. The answer will appear here.")
        raise Refusal(said, code="already_asked", field="number") from error
    return request


@transaction.atomic
def answer_clash(
    notice: ClashNotice,
    *,
    actor: Actor,
    outcome: ClashOutcome,
    address_of: Callable[[str], str],
    note: str = "",
) -> ClashNotice:
    """Settles it for both sides; a transfer is asked for in the same moment, of a guardian first.

    The person may want the transfer or say that it is a mistake; a visitor's hours are the
    committee's answer. A mistake opens a check of the number, which the committee and the person
    settle; what comes of it is told to who asked. Where the nightly search asks, the answers are
    one person or two. Raises `Refusal` for anybody else, and once answered.
    """
    is_person = actor.role == ActorRole.VOLUNTEER
    actor.must("own.transfer" if is_person else "volunteers.transfer")
    most = ClashNotice._meta.get_field("note").max_length
    note = text_given(note, field="note", most=most)
    _call("SELECT volunteers_settle_clash(%s, %s, %s)", [notice.pk, str(outcome), note])
    if outcome == ClashOutcome.TRANSFER:
        send_guardian_links(notice.volunteer_id, actor=actor, address_of=address_of)
    notice.refresh_from_db()
    return notice


@transaction.atomic
def take_back_clash(request: ClashRequest, *, actor: Actor) -> ClashRequest:
    """The answer is not needed any more. Raises `Refusal` once answered."""
    actor.must("volunteers.transfer")
    _call("SELECT volunteers_withdraw_clash(%s)", [request.pk])
    request.refresh_from_db()
    return request


def _call(statement: str, parameters: list[int | str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (problem,) = cursor.fetchone()
    if problem:
        raise Refusal(str(_PROBLEMS[problem]), code=problem)


def _stored(number: str) -> str:
    """The number as it is kept; what has not the form of an identity number is a passport's."""
    try:
        compact = number.strip()
        kind = (
            DocumentKind.RESIDENCE_PERMIT
            if compact.startswith(PERMIT_PREFIXES)
            else DocumentKind.IDENTITY_CARD
        )
        if not compact[:1].isdigit():
            kind = DocumentKind.PASSPORT
        return parse_document(kind, compact).number
    except InvalidIdentityNumber as error:
        raise Refusal(error.message, code=f"number_{error.code}", field="number") from error

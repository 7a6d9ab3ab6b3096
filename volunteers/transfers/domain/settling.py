"""The verbs of a transfer: ask, agree, refuse, take back.

The person's row crosses from one scope into another, which no policy lets anybody do. Functions
of the database do it, and check by themselves who calls, for which committee, and the request's
state; here their answers become sentences.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.tenancy.scope import because
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor
from volunteers.transfers.domain.guardians import send_guardian_links
from volunteers.transfers.models import Transfer

__all__ = ["agree_transfer", "ask_transfer", "refuse_transfer", "take_back_transfer"]

_STAFF_ACTION, _OWN_ACTION = "volunteers.transfer", "own.transfer"

_PROBLEMS = {
    "unknown": gettext_lazy("This volunteer does not belong to your committee any more."),
    "not_serving": gettext_lazy(
        "The volunteer has withdrawn. Take the person up again before a transfer."
    ),
    "no_place": gettext_lazy("Choose a township, or a committee with none below it."),
    "same_place": gettext_lazy("The volunteer belongs there already."),
    "both_yours": gettext_lazy(
        "Both committees are yours: change the township in the volunteer's entry."
    ),
    "already_asked": gettext_lazy("This has been asked already; the receiving committee answers."),
    "not_yours": gettext_lazy("Only the receiving committee answers, and who asked takes back."),
    "answered": gettext_lazy("This request has been answered already."),
    "closed": gettext_lazy("The receiving committee has been closed. Refuse, and say where to."),
    "guardian_open": gettext_lazy("The guardian has not agreed yet; until then nobody moves."),
    "overtaken": gettext_lazy("The volunteer has moved or withdrawn meanwhile; nothing was moved."),
}
_FIELDS = {"no_place": "destination", "same_place": "destination", "both_yours": "destination"}


@transaction.atomic
def ask_transfer(
    volunteer_id: int,
    *,
    actor: Actor,
    destination: str,
    reason: str,
    address_of: Callable[[str], str],
) -> Transfer:
    """Asks that a volunteer of one's own, or oneself, belong to ``destination`` (a code).

    The guardian of somebody under 18 is asked first: ``address_of`` makes a path into the
    whole address that is sent. Raises `Refusal` without a reason, for a committee that takes no
    volunteers, while the same is asked already, and where no guardian can be asked.
    """
    _must(actor)
    reason = _reason(reason)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT made, problem FROM volunteers_ask_transfer(%s, %s, %s)",
            [volunteer_id, destination, reason],
        )
        made, problem = cursor.fetchone()
    if problem:
        raise _refusal(problem)
    send_guardian_links(volunteer_id, actor=actor, address_of=address_of)
    return Transfer.objects.get(pk=made)


def agree_transfer(transfer: Transfer, *, actor: Actor) -> Transfer:
    """Takes the person over; records stay with who recorded them.

    The one who agrees acts for the receiving committee. Raises `Refusal` for anybody else, for a
    request that has been answered, and where the person has moved meanwhile.
    """
    actor.must(_STAFF_ACTION)
    return _settle(transfer, "agree", "")


def refuse_transfer(transfer: Transfer, *, actor: Actor, reason: str) -> Transfer:
    """Leaves the person where they are, and says why. Raises `Refusal` as `agree_transfer`."""
    actor.must(_STAFF_ACTION)
    return _settle(transfer, "refuse", _reason(reason))


def take_back_transfer(transfer: Transfer, *, actor: Actor) -> Transfer:
    """Who asked thinks better of it; the person may always. Raises `Refusal` once answered."""
    _must(actor)
    return _settle(transfer, "withdraw", "")


@transaction.atomic
def _settle(transfer: Transfer, verdict: str, why: str) -> Transfer:
    said = _("Transfer from {origin} to {destination}: {reason}")
    reason = said.format(
        origin=transfer.origin_name,
        destination=transfer.destination_name,
        reason=transfer.reason,
    )
    with because(reason), connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_settle_transfer(%s, %s, %s)", [transfer.pk, verdict, why])
        (problem,) = cursor.fetchone()
    if problem:
        raise _refusal(problem)
    transfer.refresh_from_db()
    return transfer


def _must(actor: Actor) -> None:
    actor.must(_OWN_ACTION if actor.role == ActorRole.VOLUNTEER else _STAFF_ACTION)


def _reason(text: str) -> str:
    most = Transfer._meta.get_field("reason").max_length
    return text_given(
        text, field="reason", most=most, missing=_("Say why: both committees see it.")
    )


def _refusal(problem: str) -> Refusal:
    return Refusal(str(_PROBLEMS[problem]), code=problem, field=_FIELDS.get(problem, ""))

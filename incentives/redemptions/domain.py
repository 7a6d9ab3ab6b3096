"""Redeeming and reversing: one statement of the database each, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.direct import ask_directly
from core.web.refusals import Refusal
from core.web.texts import text_given
from incentives.merchants.models import Merchant
from incentives.redemptions.models import Redemption, Till
from incentives.redemptions.summary.codes import Shown, claimed_person, shown_code
from incentives.redemptions.summary.sentences import sentence_of
from organizations.accounts.actors import Actor
from organizations.accounts.scopes import token_digest

__all__ = [
    "Redeemed",
    "issue_till",
    "redeem_by_till",
    "redeem_here",
    "reverse_redemption",
    "revoke_till",
    "would_redeem",
]

_BY_TILL = "SELECT * FROM incentives_redeem_by_till(%s, %s, %s, %s, %s)"
_HERE = "SELECT * FROM incentives_redeem_here(%s, %s, %s, %s, %s, %s)"
_REVERSE = "SELECT incentives_reverse(%s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What became of a code: ``outcome`` is ``redeemed`` (or ``valid``, when only asked), else the
    code of a refusal with the rest empty. The same nonce answers with what was stored first."""

    outcome: str
    redemption: int | None = None
    at: datetime | None = None
    title: str | None = None
    stars: int | None = None
    is_late: bool | None = None


def redeem_by_till(token: str, *, code: str, offer: int, nonce: UUID) -> Redeemed:
    """Redeems once for the merchant of the till's token, outside of any scope.

    Whoever's code it was is never told. A code that nobody shows is ``code_expired``.
    """
    shown = _shown(code)
    parameters = [token_digest(token), shown.volunteer, shown.step, nonce, offer]
    return Redeemed(*ask_directly(_BY_TILL, parameters))


def would_redeem(code: str, *, offer: int, nonce: UUID, actor: Actor) -> Redeemed:
    """What `redeem_here` would say now; keeps nothing. Raises `Refusal` with its reason."""
    return _ask_here(code, offer=offer, nonce=nonce, actor=actor, stores=False)


@transaction.atomic
def redeem_here(code: str, *, offer: int, nonce: UUID, actor: Actor) -> Redeemed:
    """Redeems once for the merchant whose counter the actor stands at.

    Raises `Refusal` with the reason: a code that is old or was used, an offer that is not granted
    today, a limit, a stock that is used up, too few stars or hours.
    """
    return _ask_here(code, offer=offer, nonce=nonce, actor=actor, stores=True)


def _shown(code: str) -> Shown:
    """What the code proves; else whom it names, in no half minute that the database would take.

    So who asks again after the code has passed is answered by the nonce, and nobody else is.
    """
    return shown_code(code, at=timezone.now()) or Shown(claimed_person(code), step=0)


def _ask_here(code: str, *, offer: int, nonce: UUID, actor: Actor, stores: bool) -> Redeemed:
    actor.must("counter.redeem")
    shown = _shown(code)
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [actor.label, shown.volunteer, shown.step, nonce, offer, stores])
        said = Redeemed(*(cursor.fetchone() or ("not_offered",)))
    if said.outcome not in {"redeemed", "valid"}:
        raise Refusal(sentence_of(said.outcome), code=said.outcome, field="code")
    return said


@transaction.atomic
def reverse_redemption(redemption: Redemption, *, actor: Actor, reason: str) -> None:
    """Takes a redemption back: limits and stock are as if it had not been.

    The merchant within a day, the committee whenever there is a dispute. Raises `Refusal` without a
    reason, after that day, and for one that was reversed before.
    """
    if not actor.may("counter.redeem"):
        actor.must("merchants.manage")
    reason = text_given(
        reason, field="reason", most=200, missing=_("Say why: the volunteer reads it.")
    )
    with connection.cursor() as cursor:
        cursor.execute(_REVERSE, [redemption.pk, actor.label, reason])
        (outcome,) = cursor.fetchone() or ("unknown",)
    if outcome != "reversed":
        raise Refusal(sentence_of(outcome), code=outcome, field="reason")


@transaction.atomic
def issue_till(merchant: Merchant, *, actor: Actor, name: str) -> tuple[Till, str]:
    """A till of that merchant, and its token, shown this once. `Refusal` without a name."""
    actor.must("merchants.manage")
    token = token_urlsafe(32)
    till = Till.objects.create(
        committee_id=merchant.committee_id,
        merchant=merchant,
        name=text_given(name, field="name", most=40, missing=_("Give the till a name.")),
        digest=token_digest(token),
        issued_by_label=actor.label,
    )
    return till, token


@transaction.atomic
def revoke_till(till: Till, *, actor: Actor) -> None:
    """Its token redeems nothing from now on; what it has redeemed stays."""
    actor.must("merchants.manage")
    locked = Till.objects.select_for_update().get(pk=till.pk)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by_label = timezone.now(), actor.label
        locked.save(update_fields=["revoked_at", "revoked_by_label"])

"""The verbs of offers: write, hand in, review, withdraw."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from incentives.merchants.models import Merchant
from incentives.offers.models import Offer, OfferState, OfferStock
from organizations.accounts.actors import Actor

__all__ = [
    "OfferFacts",
    "edit_offer",
    "publish_offer",
    "return_offer",
    "submit_offer",
    "withdraw_offer",
    "write_offer",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """What is granted, to whom and how often; None is no limit. Minutes are of a calendar year."""

    title: str
    kind: str
    starts_on: date
    ends_on: date
    terms: str = ""
    min_stars: int = 0
    min_minutes: int = 0
    weekdays: list[int] = field(default_factory=list)
    per_day: int | None = None
    per_month: int | None = None
    per_person: int | None = None
    stock: int | None = None


@transaction.atomic
def write_offer(merchant: Merchant, facts: OfferFacts, *, actor: Actor) -> Offer:
    """A draft. Raises `Refusal` where it ends before it begins."""
    actor.must("offers.write")
    return Offer.objects.create(
        committee_id=merchant.committee_id,
        merchant=merchant,
        created_by_label=actor.label,
        **_kept(facts),
    )


@transaction.atomic
def edit_offer(offer: Offer, facts: OfferFacts, *, actor: Actor) -> Offer:
    """Writes a draft anew. Raises `Refusal` as `write_offer`, and for what is no draft."""
    actor.must("offers.write")
    locked = _locked(offer, OfferState.DRAFT)
    for name, value in _kept(facts).items():
        setattr(locked, name, value)
    locked.save()
    return locked


@transaction.atomic
def submit_offer(offer: Offer, *, actor: Actor) -> Offer:
    """Hands a draft in for review."""
    actor.must("offers.write")
    locked = _locked(offer, OfferState.DRAFT)
    locked.state, locked.reason = OfferState.SUBMITTED, ""
    locked.save(update_fields=["state", "reason"])
    return locked


@transaction.atomic
def publish_offer(offer: Offer, *, actor: Actor) -> Offer:
    """Volunteers see it from now on, and may use it while it runs.

    Raises `Refusal` for what was not handed in, and for one that is over already.
    """
    actor.must("offers.review")
    locked = _locked(offer, OfferState.SUBMITTED)
    if locked.ends_on < timezone.localdate():
        raise Refusal(_("The offer is over already. Change its dates first."), code="over")
    if locked.stock is not None:
        OfferStock.objects.create(committee_id=locked.committee_id, offer=locked)
    return _reviewed(locked, OfferState.PUBLISHED, actor, "")


@transaction.atomic
def return_offer(offer: Offer, *, actor: Actor, reason: str) -> Offer:
    """Back to who wrote it, with the reason. Raises `Refusal` without one."""
    actor.must("offers.review")
    return _reviewed(_locked(offer, OfferState.SUBMITTED), OfferState.DRAFT, actor, _why(reason))


@transaction.atomic
def withdraw_offer(offer: Offer, *, actor: Actor, reason: str) -> Offer:
    """Not granted any more, for good; what was redeemed stays. `Refusal` without a reason."""
    actor.must("offers.review")
    locked = _locked(offer, OfferState.PUBLISHED)
    return _reviewed(locked, OfferState.WITHDRAWN, actor, _why(reason))


def _why(reason: str) -> str:
    return text_given(reason, field="reason", most=200, missing=_("Say why: the reason is kept."))


def _kept(facts: OfferFacts) -> dict[str, object]:
    if facts.ends_on < facts.starts_on:
        raise Refusal(_("The offer ends before it begins."), code="dates", field="ends_on")
    return asdict(facts)


def _locked(offer: Offer, state: OfferState) -> Offer:
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    if locked.state != state:
        message = _("This offer is {state} by now. Load the page anew.")
        raise Refusal(message.format(state=locked.get_state_display()), code="state")
    return locked


def _reviewed(offer: Offer, state: OfferState, actor: Actor, reason: str) -> Offer:
    offer.state, offer.reason = state, reason
    offer.reviewed_by_label, offer.reviewed_at = actor.label, timezone.now()
    offer.save(update_fields=["state", "reason", "reviewed_by_label", "reviewed_at"])
    return offer

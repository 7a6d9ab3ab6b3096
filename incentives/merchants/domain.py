"""The verbs of merchants: take in, describe, renew, suspend; and of their branches."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.credit_codes import is_credit_code
from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from core.web.texts import text_given
from incentives.merchants.models import Branch, Merchant
from organizations.accounts.actors import Actor

__all__ = [
    "BranchFacts",
    "MerchantFacts",
    "add_branch",
    "close_branch",
    "edit_merchant",
    "resume_merchant",
    "suspend_merchant",
    "take_in_merchant",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantFacts:
    """Who the merchant is, and how long the agreement holds (both days included)."""

    name: str
    category: str
    licence: str
    contact_person: str
    contact_phone: str
    agreed_from: date
    agreed_until: date
    agreement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchFacts:
    """Where a branch is; the point in WGS-84 or none."""

    name: str
    address: str
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None


@transaction.atomic
def take_in_merchant(facts: MerchantFacts, *, actor: Actor) -> Merchant:
    """A member of the alliance of the actor's committee.

    Raises `Refusal` for a credit code that is wrong or here already, and for an agreement that ends
    before it begins.
    """
    actor.must("merchants.manage")
    return _saved(Merchant(committee_id=actor.scope.committee, **_kept(facts)))


@transaction.atomic
def edit_merchant(merchant: Merchant, facts: MerchantFacts, *, actor: Actor) -> Merchant:
    """Describes it anew or renews its agreement; refuses as `take_in_merchant` does."""
    actor.must("merchants.manage")
    locked = Merchant.objects.select_for_update().get(pk=merchant.pk)
    for name, value in _kept(facts).items():
        setattr(locked, name, value)
    return _saved(locked)


@transaction.atomic
def suspend_merchant(merchant: Merchant, *, actor: Actor, reason: str) -> Merchant:
    """None of its offers is granted from now on. Raises `Refusal` without a reason and twice."""
    actor.must("merchants.manage")
    locked = Merchant.objects.select_for_update().get(pk=merchant.pk)
    if locked.suspended_at is not None:
        raise Refusal(_("This merchant is suspended already."), code="suspended")
    locked.suspend_reason = text_given(
        reason, field="reason", most=200, missing=_("Say why: the reason is kept.")
    )
    locked.suspended_at = timezone.now()
    return _saved(locked)


@transaction.atomic
def resume_merchant(merchant: Merchant, *, actor: Actor) -> Merchant:
    """Its offers are granted again. Raises `Refusal` for one that is not suspended."""
    actor.must("merchants.manage")
    locked = Merchant.objects.select_for_update().get(pk=merchant.pk)
    if locked.suspended_at is None:
        raise Refusal(_("This merchant is not suspended."), code="not_suspended")
    locked.suspended_at, locked.suspend_reason = None, ""
    return _saved(locked)


@transaction.atomic
def add_branch(merchant: Merchant, facts: BranchFacts, *, actor: Actor) -> Branch:
    """A place where its offers are granted. Raises `Refusal` for a name that it has already."""
    actor.must("merchants.manage")
    branch = Branch(committee_id=merchant.committee_id, merchant=merchant, **asdict(facts))
    try:
        with transaction.atomic():
            branch.save()
    except IntegrityError as error:
        if broken_constraint(error) != "branch_name_once":
            raise
        message = _("The merchant has a branch of that name already.")
        raise Refusal(message, code="name_taken", field="name") from error
    return branch


@transaction.atomic
def close_branch(branch: Branch, *, actor: Actor) -> Branch:
    """Shown to nobody any more. Raises `Refusal` for a closed one."""
    actor.must("merchants.manage")
    locked = Branch.objects.select_for_update().get(pk=branch.pk)
    if locked.closed_at is not None:
        raise Refusal(_("This branch has been closed."), code="closed")
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    return locked


def _kept(facts: MerchantFacts) -> dict[str, object]:
    licence = facts.licence.strip().upper()
    if not is_credit_code(licence):
        message = _(
            "This is no unified social credit code: 18 letters and digits, the last one a check."
            " Compare it with the licence."
        )
        raise Refusal(message, code="licence", field="licence")
    if facts.agreed_until < facts.agreed_from:
        message = _("The agreement ends before it begins.")
        raise Refusal(message, code="dates", field="agreed_until")
    return asdict(facts) | {"licence": licence}


def _saved(merchant: Merchant) -> Merchant:
    try:
        with transaction.atomic():
            merchant.save()
    except IntegrityError as error:
        if broken_constraint(error) != "merchant_once":
            raise
        message = _("This licence is a member of your alliance already.")
        raise Refusal(message, code="licence_taken", field="licence") from error
    return merchant

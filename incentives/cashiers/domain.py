"""Cashiers: invited by the committee with a link, and ended by it."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from incentives.merchants.models import Merchant
from organizations.accounts.actors import Actor
from organizations.accounts.models import User
from organizations.accounts.scopes import token_digest
from organizations.cashiers.models import Cashier

__all__ = ["accept_counter", "end_cashier", "invite_cashier"]

_LASTS = timedelta(days=7)


@transaction.atomic
def invite_cashier(merchant: Merchant, *, actor: Actor, name: str) -> tuple[Cashier, str]:
    """A link by which one person gets an account for that counter within seven days.

    The link's token is shown this once. Raises `Refusal` without a name.
    """
    actor.must("merchants.manage")
    token = token_urlsafe(32)
    cashier = Cashier.objects.create(
        committee_id=merchant.committee_id,
        merchant_id=merchant.pk,
        merchant_name=merchant.name,
        name=text_given(name, field="name", most=50, missing=_("Say who the link is for.")),
        token_digest=token_digest(token),
        invited_by_label=actor.label,
        expires_at=timezone.now() + _LASTS,
    )
    return cashier, token


@transaction.atomic
def accept_counter(*, token: str, username: str, name: str, password: str) -> User:
    """Makes the account that the link promises, once; in the scope of a job.

    It is an account of its own: who is a volunteer too keeps the other. Raises `Refusal` for a link
    that is used, ended or expired and for a login name that is taken, `ValidationError` for a weak
    password.
    """
    open_ones = Cashier.objects.open_at(timezone.now()).select_for_update()
    cashier = open_ones.filter(token_digest=token_digest(token)).first()
    if cashier is None:
        said = _("This link is used, withdrawn or out of date. Ask your committee for a new one.")
        raise Refusal(said, code="not_open")
    user = User(username=username, name=name)
    validate_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        said = _("This login name is taken. Choose another.")
        raise Refusal(said, code="username_taken", field="username") from error
    cashier.user, cashier.joined_at = user, timezone.now()
    cashier.save(update_fields=["user", "joined_at"])
    return user


@transaction.atomic
def end_cashier(cashier: Cashier, *, actor: Actor) -> Cashier:
    """The account redeems nothing from its next request on. Raises `Refusal` for one that ended."""
    actor.must("merchants.manage")
    locked = Cashier.objects.select_for_update().get(pk=cashier.pk)
    if locked.ended_at is not None:
        raise Refusal(_("This access has ended already."), code="ended")
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    return locked

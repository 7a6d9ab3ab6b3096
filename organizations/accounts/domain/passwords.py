"""New passwords by a link that an officer hands over: there is no e-mail to send one to."""

from __future__ import annotations

from typing import NamedTuple

import structlog
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.domain.deactivation import check_may_switch
from organizations.accounts.models import User
from organizations.accounts.queries import serves_only_below

__all__ = ["account_of_password_link", "choose_password", "password_link"]

logger = structlog.get_logger(__name__)

_SALT = "organizations.accounts.password"
_SECONDS = 24 * 60 * 60


def password_link(user: User, *, actor: Actor) -> str:
    """The token of a link by which ``user`` chooses a new password, once, within a day.

    Whoever holds it can sign in as that person, so the rule is that of switching accounts off:
    `PermissionDenied` for a member whose role is beyond the actor's own, `Refusal` for a person
    who also serves elsewhere or whose account is switched off.
    """
    check_may_switch(user, actor)
    if not serves_only_below(account=user.pk, path=actor.scope.committee):
        said = _("This person also serves another committee. Only a committee above both can help.")
        raise Refusal(said, code="serves_elsewhere")
    if not user.is_active:
        said = _("This account is switched off. Switch it on first.")
        raise Refusal(said, code="inactive")
    logger.info("password_link_made", account=user.pk, by=actor.scope.user)
    return signing.dumps([user.pk, _state(user), actor.scope.user], salt=_SALT)


def account_of_password_link(token: str) -> User:
    """The account that the link is for. Raises `Refusal` when it is used or out of date."""
    return _read_link(token).user


def choose_password(*, token: str, password: str) -> User:
    """Sets the password; all sessions end. Runs as the login role. Raises as above, and
    `ValidationError` for a weak password.
    """
    link = _read_link(token)
    user = link.user
    validate_password(password, user)
    user.set_password(password)
    user.access_from_id, user.access_from_at = link.sender, timezone.now()
    user.save(update_fields=["password", "access_from", "access_from_at"])
    return user


class _Link(NamedTuple):
    user: User
    # The account of who handed it over.
    sender: int | None


def _read_link(token: str) -> _Link:
    said = _("This link is used or out of date. Ask your committee for a new one.")
    try:
        account, state, sender = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature as error:
        raise Refusal(said, code="not_open") from error
    user: User | None = User.objects.filter(pk=account, is_active=True).first()
    if user is None or not constant_time_compare(_state(user), state):
        raise Refusal(said, code="not_open")
    return _Link(user, sender)


def _state(user: User) -> str:
    """Changes with the password and the epoch, so that a link works once."""
    return user.get_session_auth_hash()[:32]

"""Accounts of volunteers: an identity that sees the own pages."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.models import User

__all__ = [
    "close_volunteer_account",
    "open_claimed_account",
    "open_parent_account",
    "open_volunteer_account",
]


def open_volunteer_account(*, username: str, volunteer_id: int, name: str, password: str) -> User:
    """The account with that login name, tied to the volunteer with that key.

    For set-up, in the scope of a job: nobody's own rights are asked. Safe to repeat; the password
    replaces the one that stands.
    """
    user = User.objects.filter(username=username).first() or User(username=username)
    user.volunteer_id = volunteer_id
    user.name = name
    user.set_password(password)
    user.save()
    return user


def close_volunteer_account(volunteer_id: int) -> None:
    """Nobody signs in as that volunteer any more, and the account says nothing of who it was.

    In the scope of a job. An account that also serves a committee stays, without the volunteer.
    """
    user = User.objects.select_for_update().filter(volunteer_id=volunteer_id).first()
    if user is None:
        return
    user.volunteer_id = None
    user.session_epoch += 1
    if not user.memberships.exists() and not user.family_ties.exists():
        user.username, user.name, user.is_active = f"closed-{user.pk}", "", False
        user.set_unusable_password()
    user.save()


def open_claimed_account(*, volunteer_id: int, username: str, name: str, password: str) -> User:
    """The account of who has proven to be that volunteer: a new one, or a new password for it.

    In the scope of a job; ``username`` counts for a new account only. A new password ends all
    sessions. Raises `Refusal` for a login name that is taken and an account that is switched off,
    `ValidationError` for a weak password.
    """
    user = User.objects.select_for_update().filter(volunteer_id=volunteer_id).first()
    if user is None:
        return _opened(User(username=username, name=name, volunteer_id=volunteer_id), password)
    if not user.is_active:
        said = _("This account is switched off. Ask your committee.")
        raise Refusal(said, code="inactive")
    if user.memberships.exists():
        # A telephone alone must not open what a committee has entrusted.
        said = _("This account also serves a committee. Ask its secretary for a new password.")
        raise Refusal(said, code="serves_committee")
    validate_password(password, user)
    user.set_password(password)
    user.access_from, user.access_from_at = None, None
    user.save(update_fields=["password", "access_from", "access_from_at"])
    return user


def open_parent_account(*, username: str, name: str, password: str) -> User:
    """An account without an entry of its own, for a parent. Raises as `open_claimed_account`."""
    return _opened(User(username=username, name=name), password)


def _opened(user: User, password: str) -> User:
    validate_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        said = _("This login name is taken. Choose another.")
        raise Refusal(said, code="username_taken", field="username") from error
    return user

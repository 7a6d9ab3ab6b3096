"""Accounts of volunteers: an identity that sees the own pages."""

from __future__ import annotations

from organizations.accounts.models import User

__all__ = ["open_volunteer_account"]


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

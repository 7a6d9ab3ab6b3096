"""Writes of accounts, memberships, invitations and tokens."""

from organizations.accounts.domain.deactivation import deactivate_account, reactivate_account
from organizations.accounts.domain.invitations import (
    accept_invitation,
    accept_invitation_as,
    invite_member,
    withdraw_invitation,
)
from organizations.accounts.domain.members import (
    create_member,
    grant_membership,
    revoke_membership,
)
from organizations.accounts.domain.passwords import (
    account_of_password_link,
    choose_password,
    password_link,
)
from organizations.accounts.domain.people import (
    close_volunteer_account,
    open_claimed_account,
    open_parent_account,
)
from organizations.accounts.domain.tokens import issue_api_token

__all__ = [
    "accept_invitation",
    "accept_invitation_as",
    "account_of_password_link",
    "choose_password",
    "close_volunteer_account",
    "create_member",
    "deactivate_account",
    "grant_membership",
    "invite_member",
    "issue_api_token",
    "open_claimed_account",
    "open_parent_account",
    "password_link",
    "reactivate_account",
    "revoke_membership",
    "withdraw_invitation",
]

"""Roles and what each may give."""

from __future__ import annotations

import pytest

from organizations.accounts import access
from organizations.accounts.access import ACCESS, STAFF, ActorRole, allows, grantable_roles

GRANTS = {
    "secretary": ["secretary", "officer", "recorder", "auditor"],
    "officer": ["officer", "recorder", "auditor"],
    "recorder": [],
    "auditor": [],
    "leader": [],
    "cashier": [],
    "volunteer": [],
    "anyone": [],
}


@pytest.mark.parametrize("granter", ActorRole)
def test_role_gives_only_what_it_holds(granter: ActorRole) -> None:
    assert [str(role) for role in grantable_roles(granter)] == GRANTS[granter]
    for role in grantable_roles(granter):
        for action in ACCESS:
            assert allows(granter, action) or not allows(role, action)


def test_role_with_one_more_action_cannot_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the rule follows the table, not a list of names."""
    wider = {**ACCESS, "reports.sign": frozenset({ActorRole.RECORDER})}
    monkeypatch.setattr(access, "ACCESS", wider)
    assert ActorRole.RECORDER not in grantable_roles(ActorRole.SECRETARY)


def test_unknown_action_is_no_yes() -> None:
    with pytest.raises(KeyError):
        allows(ActorRole.SECRETARY, "hours.change")


def test_auditor_changes_nothing() -> None:
    changing = {
        action
        for action in ACCESS
        if allows(ActorRole.AUDITOR, action) and not action.endswith(".view")
    }
    # A copy of what the auditor sees anyhow, masked and on record.
    assert changing == {"exports.make"}
    assert ActorRole.AUDITOR in STAFF

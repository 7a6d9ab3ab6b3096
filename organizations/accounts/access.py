"""Which role may do what: the one table that decides actions.

Rows are decided by the database; here stands only whether an actor may attempt an action at all.
Actions are asked by exact name. Vetoes that depend on the row (nobody confirms own entries) lie
in the verbs and win over what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["ACCESS", "STAFF", "ActorRole", "allows", "grantable_roles"]


class ActorRole(StrEnum):
    """What somebody acts as: a role in a committee, or a person of one of the other kinds."""

    SECRETARY = "secretary"
    OFFICER = "officer"
    RECORDER = "recorder"
    AUDITOR = "auditor"
    LEADER = "leader"
    CASHIER = "cashier"
    VOLUNTEER = "volunteer"
    ANYONE = "anyone"


_SECRETARY = ActorRole.SECRETARY
_OFFICER = ActorRole.OFFICER
_RECORDER = ActorRole.RECORDER
_AUDITOR = ActorRole.AUDITOR
# Roles in a committee, in the order in which forms offer them.
STAFF = (_SECRETARY, _OFFICER, _RECORDER, _AUDITOR)
_STAFF = frozenset(STAFF)
_HEADS = frozenset({_SECRETARY, _OFFICER})
_DESK = _HEADS | {_RECORDER}
_SIGNED_IN = _STAFF | {ActorRole.VOLUNTEER}

ACCESS: Mapping[str, frozenset[ActorRole]] = {
    "home.view": _SIGNED_IN,
    "jobs.view": _SIGNED_IN,
    "committees.view": _STAFF,
    "committees.manage": frozenset({_SECRETARY}),
    "committees.contact": _HEADS,
    "members.view": _HEADS | {_AUDITOR},
    "members.manage": _HEADS,
    "coverage.view": _STAFF,
    "dashboard.view": _STAFF,
    "organizations.view": _STAFF,
    "organizations.edit": _HEADS,
    "organizations.import": _HEADS,
    "volunteers.view": _STAFF,
    "volunteers.register": _DESK,
    "volunteers.edit": _DESK,
    "volunteers.bulk": _HEADS,
    "volunteers.bulk.view": _HEADS | {_AUDITOR},
    "volunteers.import": _DESK,
    "volunteers.reveal": _HEADS,
    "volunteers.reveal.approve": frozenset({_SECRETARY}),
    "volunteers.reveals.view": _HEADS | {_AUDITOR},
    "volunteers.merge": _HEADS,
    "volunteers.transfer": _HEADS,
    "volunteers.transfers.view": _HEADS | {_AUDITOR},
    "activities.view": _STAFF,
    "activities.write": _DESK,
    "activities.review": _HEADS,
    "projects.manage": _HEADS,
    "stations.manage": _HEADS,
    "activities.phone": _DESK,
    "spotchecks.view": _HEADS | {_AUDITOR},
    "spotchecks.draw": _HEADS,
    "spotchecks.judge": _HEADS,
    "rules.view": _STAFF,
    "rules.manage": frozenset({_SECRETARY}),
    "exports.make": _HEADS | {_AUDITOR},
    "imports.view": _DESK,
    "evidence.view": _STAFF,
    "evidence.add": _DESK,
    "hours.view": _STAFF,
    "hours.record": _DESK,
    "hours.import": _DESK,
    "hours.confirm": _HEADS,
    "hours.void": _HEADS,
    "hours.correct": _HEADS,
    "corrections.view": _STAFF,
    "corrections.answer": _HEADS,
    "corrections.ask": frozenset({ActorRole.VOLUNTEER}),
    "privacy.view": _STAFF,
    "privacy.answer": _HEADS,
    "consents.publish": _HEADS,
    "own.view": frozenset({ActorRole.VOLUNTEER}),
    "own.edit": frozenset({ActorRole.VOLUNTEER}),
    "vocabulary.manage": _HEADS,
    "own.transfer": frozenset({ActorRole.VOLUNTEER}),
    "own.signup": frozenset({ActorRole.VOLUNTEER}),
    "own.certify": frozenset({ActorRole.VOLUNTEER}),
    "training.view": _STAFF,
    "training.write": _DESK,
    "training.publish": _HEADS,
    "own.learn": frozenset({ActorRole.VOLUNTEER}),
    "stars.view": _STAFF,
    "stars.decide": _HEADS,
    "merchants.view": _STAFF,
    "merchants.manage": _HEADS,
    "offers.write": _DESK,
    "offers.review": _HEADS,
    "counter.redeem": frozenset({ActorRole.CASHIER}),
    "own.benefit": frozenset({ActorRole.VOLUNTEER}),
    "led.view": frozenset({ActorRole.LEADER}),
    "led.signup": frozenset({ActorRole.LEADER}),
    "certificates.view": _STAFF,
    "certificates.issue": _HEADS,
    "certificates.seal": _HEADS,
}


def allows(role: ActorRole, action: str) -> bool:
    """Whether the role may attempt the action. An unknown action is a `KeyError`, never a yes."""
    return role in ACCESS[action]


def grantable_roles(granter: ActorRole) -> list[ActorRole]:
    """Roles that ``granter`` may give and take away: those that may do nothing it may not."""
    if not allows(granter, "members.manage"):
        return []
    own = _actions_of(granter)
    return [role for role in STAFF if _actions_of(role) <= own]


def _actions_of(role: ActorRole) -> set[str]:
    return {action for action, roles in ACCESS.items() if role in roles}

"""The verbs of the registry: register, amend, pause, withdraw, reactivate, look, approve a look."""

from volunteers.registry.domain.amending import (
    amend_volunteer,
    change_guardian,
    change_phone,
    correct_document,
)
from volunteers.registry.domain.registering import AlreadyRegistered, register_volunteer
from volunteers.registry.domain.revealing import (
    Opened,
    approve_reveal,
    decline_reveal,
    open_identifiers,
    request_reveal,
    reveal_identifier,
)
from volunteers.registry.domain.rules import (
    MOST_SKILLS,
    Consent,
    Document,
    Guardian,
    back_on_given,
    committee_given,
    reason_given,
    split_skills,
)
from volunteers.registry.domain.sealing import must_find_again
from volunteers.registry.domain.states import (
    STATES_BEFORE,
    pause_volunteer,
    reactivate_volunteer,
    withdraw_volunteer,
)

__all__ = [
    "MOST_SKILLS",
    "STATES_BEFORE",
    "AlreadyRegistered",
    "Consent",
    "Document",
    "Guardian",
    "Opened",
    "amend_volunteer",
    "approve_reveal",
    "back_on_given",
    "change_guardian",
    "change_phone",
    "committee_given",
    "correct_document",
    "decline_reveal",
    "must_find_again",
    "open_identifiers",
    "pause_volunteer",
    "reactivate_volunteer",
    "reason_given",
    "register_volunteer",
    "request_reveal",
    "reveal_identifier",
    "split_skills",
    "withdraw_volunteer",
]

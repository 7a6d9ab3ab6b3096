"""The verbs of transfers."""

from volunteers.transfers.domain.coming_of_age import agree_as_grown, release_grown
from volunteers.transfers.domain.guardians import answer_as_guardian, send_guardian_links
from volunteers.transfers.domain.settling import (
    agree_transfer,
    ask_transfer,
    refuse_transfer,
    take_back_transfer,
)

__all__ = [
    "agree_as_grown",
    "agree_transfer",
    "answer_as_guardian",
    "ask_transfer",
    "refuse_transfer",
    "release_grown",
    "send_guardian_links",
    "take_back_transfer",
]

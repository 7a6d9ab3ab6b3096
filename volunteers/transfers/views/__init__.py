"""Pages of transfers: the committees', the volunteer's own, the guardian's."""

from volunteers.transfers.views.committees import (
    answer,
    ask,
    list_transfers,
    look_up_places,
    send_link,
)
from volunteers.transfers.views.guardians import answer_guardian
from volunteers.transfers.views.own import (
    agree_own,
    look_up_own_places,
    send_own_link,
    show_own,
    take_back_own,
)

__all__ = [
    "agree_own",
    "answer",
    "answer_guardian",
    "ask",
    "list_transfers",
    "look_up_own_places",
    "look_up_places",
    "send_link",
    "send_own_link",
    "show_own",
    "take_back_own",
]

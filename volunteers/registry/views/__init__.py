"""Pages of the registry."""

from volunteers.registry.views.able import edit_abilities, find_people
from volunteers.registry.views.lists import list_volunteers, look_up_volunteers
from volunteers.registry.views.looks import answer_request, ask_approval, list_requests, reveal
from volunteers.registry.views.people import (
    amend,
    change_state,
    correct_paper,
    create_volunteer,
    entrust,
    show_volunteer,
)

__all__ = [
    "amend",
    "answer_request",
    "ask_approval",
    "change_state",
    "correct_paper",
    "create_volunteer",
    "edit_abilities",
    "entrust",
    "find_people",
    "list_requests",
    "list_volunteers",
    "look_up_volunteers",
    "reveal",
    "show_volunteer",
]

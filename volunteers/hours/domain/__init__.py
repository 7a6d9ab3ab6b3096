"""The verbs of service hours: record, submit, confirm, withdraw, return, void, correct, ask."""

from volunteers.hours.domain.batches import BatchResult, LeftOut
from volunteers.hours.domain.clean import confirm_clean_hours, confirm_odd_hours
from volunteers.hours.domain.confirming import (
    access_lately_from,
    confirm_hours,
    return_sheet,
    withdraw_confirmation,
)
from volunteers.hours.domain.corrections import ask_correction, decline_correction
from volunteers.hours.domain.evidence import confirmed_stand_on
from volunteers.hours.domain.recording import amend_draft, record_hours, submit_hours
from volunteers.hours.domain.returning import take_back_return
from volunteers.hours.domain.stretches import Stretch
from volunteers.hours.domain.voiding import correct_hours, void_hours

__all__ = [
    "BatchResult",
    "LeftOut",
    "Stretch",
    "access_lately_from",
    "amend_draft",
    "ask_correction",
    "confirm_clean_hours",
    "confirm_hours",
    "confirm_odd_hours",
    "confirmed_stand_on",
    "correct_hours",
    "decline_correction",
    "record_hours",
    "return_sheet",
    "submit_hours",
    "take_back_return",
    "void_hours",
    "withdraw_confirmation",
]

"""What people type, without outer blanks and not longer than is kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.web.texts import text_given
from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord

__all__ = [
    "activity_given",
    "answer_given",
    "evidence_given",
    "message_given",
    "note_given",
    "reason_given",
]


def activity_given(text: str) -> str:
    """The activity's name. Raises `Refusal` when it is missing or too long."""
    most = ServiceRecord._meta.get_field("activity_title").max_length
    return text_given(text, field="activity_title", most=most, missing=_("Name the activity."))


def note_given(text: str) -> str:
    """A note, which may be empty. Raises `Refusal` when it is too long."""
    return text_given(text, field="note", most=ServiceRecord._meta.get_field("note").max_length)


def evidence_given(text: str, *, missing_is_right: bool = False) -> str:
    """What proves the service. Raises `Refusal` when it is missing or too long."""
    missing = _("Name the evidence, such as “sign-in sheet of 16 May, photo 3”.")
    most = HoursSheet._meta.get_field("evidence").max_length
    return text_given(
        text, field="evidence", most=most, missing="" if missing_is_right else missing
    )


def reason_given(text: str) -> str:
    """A reason for the history. Raises `Refusal` when it is missing or too long."""
    most = ServiceRecord._meta.get_field("void_reason").max_length
    return text_given(text, field="reason", most=most, missing=_("Say why: the reason is kept."))


def message_given(text: str) -> str:
    """What a volunteer says is not right. Raises `Refusal` when it is missing or too long."""
    most = CorrectionRequest._meta.get_field("message").max_length
    return text_given(text, field="message", most=most, missing=_("Say what is not right."))


def answer_given(text: str) -> str:
    """The committee's answer. Raises `Refusal` when it is missing or too long."""
    most = CorrectionRequest._meta.get_field("answer").max_length
    return text_given(text, field="answer", most=most, missing=_("Tell the volunteer why."))

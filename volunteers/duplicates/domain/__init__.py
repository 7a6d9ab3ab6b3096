"""The verbs about what is registered twice."""

from volunteers.duplicates.domain.clashes import answer_clash, ask_about_number, take_back_clash

__all__ = ["answer_clash", "ask_about_number", "take_back_clash"]

"""Why a code was not taken, in words for who stands at the counter."""

from __future__ import annotations

from django.utils.translation import gettext as _

__all__ = ["sentence_of", "sentences"]


def sentence_of(outcome: str) -> str:
    """The sentence of a refusal."""
    return sentences()[outcome]


def sentences() -> dict[str, str]:
    """All refusals by their code."""
    return {
        "revoked": _("This till may not redeem any more. Ask the committee for a new token."),
        "merchant_paused": _("Your agreement does not hold today. Ask the committee."),
        "not_offered": _("This offer is not granted at the moment. Choose another."),
        "not_today": _("This offer is not granted on this day of the week."),
        "code_expired": _("This code is not valid any more. Ask for the one shown now."),
        "code_used": _("This code was used already. Ask for the next one, in half a minute."),
        "not_for_you": _("This offer is for volunteers of another place."),
        "too_few_stars": _("This volunteer has not yet the stars that the offer asks for."),
        "too_few_hours": _("This volunteer has not yet the hours that the offer asks for."),
        "day_limit": _("This volunteer has used the offer today as often as it may be."),
        "month_limit": _("This volunteer has used the offer this month as often as it may be."),
        "person_limit": _("This volunteer has used the offer as often as it may be."),
        "sold_out": _("The offer is used up."),
        "nonce_taken": _("This nonce belongs to another redemption."),
        "unknown": _("There is no such redemption here."),
        "reversed_before": _("This redemption was reversed already."),
        "too_late": _("More than a day has passed. Ask the committee to reverse it."),
    }

"""The verbs of spot checks: draw, judge, publish."""

from volunteers.spotchecks.domain.drawing import DRAW_JOB, Draw, draw_spot_check, order_spot_check
from volunteers.spotchecks.domain.judging import has_hand_in, judge_record, publish_spot_check

__all__ = [
    "DRAW_JOB",
    "Draw",
    "draw_spot_check",
    "has_hand_in",
    "judge_record",
    "order_spot_check",
    "publish_spot_check",
]

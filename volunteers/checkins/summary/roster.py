"""What a device takes along to tell people at a door without network."""

from __future__ import annotations

from volunteers.activities.models import Shift
from volunteers.checkins.summary.codes import signup_code
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["roster_of"]


def roster_of(shift: Shift) -> list[dict[str, str]]:
    """Name, portal number, own code, and the end of the telephone of who has a place.

    The telephone's end is empty for volunteers of other committees, whose entry is out of sight.
    """
    placed = SignUp.objects.filter(shift=shift, state=SignUpState.PLACED)
    rows = placed.order_by("pk").values_list(
        "pk", "volunteer_name", "volunteer_number", "volunteer__phone_tail"
    )
    return [
        {
            "code": signup_code(key),
            "name": name,
            "number": number,
            # The column holds it with the last digit first.
            "tail": (tail or "")[::-1],
        }
        for key, name, number, tail in rows
    ]

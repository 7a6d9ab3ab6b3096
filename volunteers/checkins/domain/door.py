"""The verb of the door: somebody with a place comes or goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.geo.points import Point, metres_between
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.activities.domain import must_be
from volunteers.activities.models import ActivityState
from volunteers.checkins.models import CheckIn, Direction, Way, Where
from volunteers.signups.domain import must_have_place
from volunteers.signups.models import SignUp

__all__ = ["CLOCKS", "CLOSES_AFTER", "OPENS_BEFORE", "check_in", "next_direction"]

# So long before a shift the door is open, and so long after it for who goes.
OPENS_BEFORE, CLOSES_AFTER = timedelta(hours=1), timedelta(hours=3)
# Two scans within this are one: a finger that trembles, a page that was loaded again.
_ONCE = timedelta(minutes=5)
# Clocks differ by so much.
CLOCKS = timedelta(minutes=2)


@transaction.atomic
def check_in(
    signup: SignUp,
    *,
    actor: Actor,
    way: Way,
    at: datetime | None = None,
    direction: Direction | None = None,
    nonce: UUID | None = None,
    tells_place: bool = False,
    position: Point | None = None,
) -> CheckIn:
    """Writes down that the person came or went; without ``direction`` what comes next.

    ``tells_place``: the volunteer agrees, for this activity, that it is kept whether ``position``
    is at the place; the position itself is compared and forgotten.

    A volunteer does so for the own sign-up, the organiser for others. The same ``nonce``, and a
    scan in the same direction within five minutes, are the scan that is there already. Raises
    `Refusal` for somebody without a place, outside of the shift's hours, and for an activity that
    is not open.
    """
    actor.must("own.signup" if way == Way.OWN_SCAN else "activities.write")
    moment = at or timezone.now()
    # One scan after the other: the next direction follows from those that are there.
    locked = SignUp.objects.with_calls().select_for_update(of=["self"]).get(pk=signup.pk)
    _must_be_open(locked, moment)
    scans = list(CheckIn.objects.filter(signup=locked).order_by("at", "pk"))
    if nonce is not None and (same := [scan for scan in scans if scan.nonce == nonce]):
        return same[0]
    direction = direction or _next(scans, moment)
    for scan in scans:
        if scan.direction == direction and abs(scan.at - moment) < _ONCE:
            return scan
    own = way == Way.OWN_SCAN
    if own and locked.tells_place != tells_place:
        locked.tells_place = tells_place
        locked.save(update_fields=["tells_place"])
    return CheckIn.objects.create(
        where=_where(locked, position) if own and tells_place else "",
        committee_id=locked.committee_id,
        signup=locked,
        shift_id=locked.shift_id,
        direction=direction,
        way=way,
        at=moment,
        nonce=nonce or uuid4(),
        by=None if own else actor.user,
        by_label=actor.label,
    )


def _where(signup: SignUp, position: Point | None) -> str:
    place, metres = signup.activity.where, signup.activity.location_metres
    if position is None or place is None or metres is None:
        return ""
    return Where.WITHIN if metres_between(position, place) <= metres else Where.OUTSIDE


def next_direction(signup: SignUp) -> Direction:
    """What a scan now would mean."""
    return _next(list(CheckIn.objects.filter(signup=signup).order_by("at", "pk")), timezone.now())


def _next(scans: list[CheckIn], moment: datetime) -> Direction:
    """In, then out as often as one likes: the last one counts."""
    came = [scan for scan in scans if scan.direction == Direction.IN]
    if not came:
        return Direction.IN
    # Just come in: scanned twice. A way out follows later.
    return Direction.IN if abs(moment - came[0].at) < _ONCE else Direction.OUT


def _must_be_open(signup: SignUp, moment: datetime) -> None:
    must_have_place(signup)
    must_be(signup.activity, ActivityState.PUBLISHED)
    if moment > timezone.now() + CLOCKS:
        message = _("The clock of this device runs ahead. Set it, then scan again.")
        raise Refusal(message, code="ahead")
    shift = signup.shift
    if moment < shift.starts_at - OPENS_BEFORE:
        message = _("The door opens an hour before the shift.")
        raise Refusal(message, code="not_begun")
    if moment > shift.ends_at + CLOSES_AFTER:
        message = _("The shift is over. The organiser enters what is missing.")
        raise Refusal(message, code="over")

"""Changing what people have signed up for: said, with a reason, and nobody loses a place unseen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.geo.points import Point
from core.postgresql.constraints import broken_constraint
from core.tenancy.scope import because
from core.web.moments import stretch_text
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.activities.domain import lock_activity, must_be_a_shift, must_be_to_come
from volunteers.activities.models import Activity, ActivityChange, ActivityState, Shift
from volunteers.signups.domain.answering import end_sign_up
from volunteers.signups.domain.asking import hold_queue
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["Amendment", "Plan", "amend_activity", "cancel_shift", "change_shift"]

_MOST_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What of a published call may still be mended: not whom it is for, nor who may read it."""

    place: str
    latitude: float | None
    longitude: float | None
    content: str
    risks: str
    responsible_person: str
    responsible_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a shift is and for how many."""

    starts_at: datetime
    ends_at: datetime
    places: int
    reserve: int


@transaction.atomic
def amend_activity(
    activity: Activity, amendment: Amendment, *, actor: Actor, reason: str
) -> ActivityChange:
    """Mends what a published activity says. Raises `Refusal` without a reason or a change."""
    actor.must("activities.review")
    reason = _reason_given(reason)
    locked = lock_activity(activity, ActivityState.PUBLISHED)
    said = [
        _difference(locked, name, value)
        for name, value in asdict(amendment).items()
        if getattr(locked, name) != value
    ]
    for name, value in asdict(amendment).items():
        setattr(locked, name, value)
    with because(reason):
        locked.save(update_fields=list(asdict(amendment)))
    return _told(locked, None, said, reason, actor)


@transaction.atomic
def change_shift(
    shift: Shift, plan: Plan, *, actor: Actor, reason: str, release: bool = False
) -> ActivityChange:
    """Moves a shift to come, or changes its places; whoever signed up comes along.

    ``release``: who has another shift at the new time leaves the list and reads why. Raises
    `Refusal` without a reason or a change, for fewer places than are taken, for times that do not
    hold or are another shift's, and, without ``release``, with the names of who cannot come.
    """
    actor.must("activities.review")
    reason = _reason_given(reason)
    activity, locked = _locked(shift)
    said = _differences(locked, plan)
    must_be_a_shift(plan.starts_at, plan.ends_at)
    must_be_to_come(plan.starts_at)
    _places_must_hold(locked, plan)
    is_moved = (plan.starts_at, plan.ends_at) != (locked.starts_at, locked.ends_at)
    for name, value in asdict(plan).items():
        setattr(locked, name, value)
    with because(reason):
        _saved(locked)
        if is_moved:
            _move_sign_ups(locked, reason, release=release)
    return _told(activity, locked, said, reason, actor)


@transaction.atomic
def cancel_shift(shift: Shift, *, actor: Actor, reason: str) -> ActivityChange:
    """Calls one shift off; who signed up for it is free and reads why. Raises `Refusal`."""
    actor.must("activities.review")
    reason = _reason_given(reason)
    activity, locked = _locked(shift)
    now = timezone.now()
    with because(reason):
        for signup in SignUp.objects.filter(shift=locked).standing().select_for_update():
            end_sign_up(signup, SignUpState.REMOVED, at=now, reason=reason)
        locked.cancelled_at = now
        locked.save(update_fields=["cancelled_at"])
    said = _("Cancelled: {shift}").format(shift=_stretch(locked))
    return _told(activity, locked, [said], reason, actor)


def _locked(shift: Shift) -> tuple[Activity, Shift]:
    activity = lock_activity(shift.activity, ActivityState.PUBLISHED)
    # Before the row: who signs up takes them in this order.
    hold_queue(shift)
    locked = Shift.objects.select_for_update().get(pk=shift.pk)
    if locked.cancelled_at is not None:
        raise Refusal(_("This shift is cancelled already."), code="cancelled")
    if locked.starts_at <= timezone.now():
        message = _("This shift has begun. What happened is marked at the roll call.")
        raise Refusal(message, code="begun")
    return activity, locked


def _places_must_hold(shift: Shift, plan: Plan) -> None:
    if plan.places < shift.taken:
        message = _(
            "{n} people have a place or were offered one. Take somebody off the list first."
        )
        raise Refusal(message.format(n=shift.taken), code="places_taken", field="places")
    if plan.reserve < shift.waiting:
        message = _("{n} people are waiting; none of them is sent away by this.")
        raise Refusal(message.format(n=shift.waiting), code="reserve_taken", field="reserve")


def _saved(shift: Shift) -> None:
    try:
        with transaction.atomic():
            shift.save(update_fields=["starts_at", "ends_at", "places", "reserve"])
    except IntegrityError as error:
        if broken_constraint(error) != "shift_once":
            raise
        message = _("There is another shift of this activity at that time.")
        raise Refusal(message, code="shift_exists", field="starts_at") from error


def _move_sign_ups(shift: Shift, reason: str, *, release: bool) -> None:
    during = DateTimeTZRange(shift.starts_at, shift.ends_at, "[)")
    standing = SignUp.objects.filter(shift=shift).standing().order_by("pk").select_for_update()
    elsewhere = [signup for signup in standing if not _is_moved(signup, during)]
    if elsewhere and not release:
        names = "、".join(signup.volunteer_name for signup in elsewhere[:_MOST_NAMES])
        message = ngettext(
            "{n} person has another shift at that time: {names}. Choose another time, or tick that"
            " they leave the list.",
            "{n} people have another shift at that time: {names}. Choose another time, or tick"
            " that they leave the list.",
            len(elsewhere),
        )
        raise Refusal(
            message.format(n=len(elsewhere), names=names), code="overlap", field="release"
        )
    for signup in elsewhere:
        end_sign_up(signup, SignUpState.REMOVED, at=timezone.now(), reason=reason)


def _is_moved(signup: SignUp, during: DateTimeTZRange) -> bool:
    # Other committees' calls are hidden from this one: only the constraint knows them.
    signup.during = during
    try:
        with transaction.atomic():
            signup.save(update_fields=["during"])
    except IntegrityError as error:
        if broken_constraint(error) != "signup_no_overlap":
            raise
        return False
    return True


def _differences(shift: Shift, plan: Plan) -> list[str]:
    said = []
    if (plan.starts_at, plan.ends_at) != (shift.starts_at, shift.ends_at):
        after = stretch_text(plan.starts_at, plan.ends_at)
        said.append(_("Time: {before} → {after}").format(before=_stretch(shift), after=after))
    if plan.places != shift.places:
        message = _("Places: {before} → {after}")
        said.append(message.format(before=shift.places, after=plan.places))
    if plan.reserve != shift.reserve:
        message = _("Places on the waiting list: {before} → {after}")
        said.append(message.format(before=shift.reserve, after=plan.reserve))
    return said


def _difference(activity: Activity, name: str, value: Any) -> str:
    if name in Point._fields:
        return _("the point on the map is another one")
    label = cast("models.Field[str, str]", Activity._meta.get_field(name)).verbose_name
    before = getattr(activity, name)
    if name in {"content", "risks"}:
        return _("{label}: reads differently now").format(label=label)
    return _("{label}: {before} → {after}").format(label=label, before=before, after=value)


def _told(
    activity: Activity, shift: Shift | None, said: list[str], reason: str, actor: Actor
) -> ActivityChange:
    if not said:
        raise Refusal(_("Nothing is different. Change something first."), code="unchanged")
    return ActivityChange.objects.create(
        committee_id=activity.committee_id,
        activity=activity,
        shift=shift,
        said="；".join(dict.fromkeys(said)),
        reason=reason,
        changed_by_label=actor.label,
    )


def _stretch(shift: Shift) -> str:
    return stretch_text(shift.starts_at, shift.ends_at)


def _reason_given(text: str) -> str:
    missing = _("Say why: everybody reads it.")
    return text_given(text, field="reason", most=200, missing=missing)

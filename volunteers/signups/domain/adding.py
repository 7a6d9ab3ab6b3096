"""People whom the organiser puts on the list: by telephone, at the door, for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.activities.models import Shift
from volunteers.registry.domain.entering import person_entered
from volunteers.registry.models import Volunteer
from volunteers.signups.domain.answering import end_sign_up, locked_sign_up, must_have_place
from volunteers.signups.domain.asking import hold_queue, new_sign_up, written
from volunteers.signups.domain.fitting import misfit_of
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["MOST_ADDED", "add_people", "substitute"]

MOST_ADDED = 200


@transaction.atomic
def add_people(
    shift: Shift,
    entries: Sequence[str],
    *,
    actor: Actor,
    reason: str,
    passes_line: bool = False,
) -> list[SignUp]:
    """Gives each named in ``entries`` a place, until the shift ends; all of them or none.

    An entry is a portal number, or a name that one person of the actor's scope has. Who is on the
    list already stays as is. ``passes_line``: although somebody waits, which is kept with the
    reason. Raises `Refusal` naming the entry that is nobody's, is several people's or does not fit.
    """
    actor.must("activities.write")
    reason = _reason_given(reason)
    if not entries or len(entries) > MOST_ADDED:
        message = _("Enter from 1 to {most} people, one a line.").format(most=MOST_ADDED)
        raise Refusal(message, code="entries", field="entries")
    people = list(dict.fromkeys(person_entered(entry, field="entries") for entry in entries))
    hold_queue(shift)
    current = Shift.objects.with_calls().get(pk=shift.pk)
    there = SignUp.objects.filter(shift=current, volunteer__in=people).standing()
    standing = set(there.values_list("volunteer_id", flat=True))
    new = [person for person in people if person.pk not in standing]
    _room_must_be(current, len(new), passes_line=passes_line)
    return [_added(current, person, actor, reason, "entries") for person in new]


@transaction.atomic
def substitute(signup: SignUp, entry: str, *, actor: Actor, reason: str) -> SignUp:
    """Puts the person of ``entry`` in the place of another, who leaves the list and reads why.

    Nobody who waits comes in between: the place was never free. Raises `Refusal` as `add_people`
    does, and for who has no place.
    """
    actor.must("activities.write")
    reason = _reason_given(reason)
    person = person_entered(entry, field="entry")
    locked = locked_sign_up(signup)
    must_have_place(locked)
    if SignUp.objects.filter(shift=locked.shift, volunteer=person).standing().exists():
        message = _("{name} is on the list of this shift already.")
        raise Refusal(message.format(name=person.name), code="there", field="entry")
    end_sign_up(locked, SignUpState.REMOVED, at=timezone.now(), reason=reason)
    # Who left is not told to who comes: only why.
    said = _("in somebody's place: {reason}").format(reason=reason)
    return _added(locked.shift, person, actor, said[:200], "entry")


def _room_must_be(shift: Shift, wanted: int, *, passes_line: bool) -> None:
    if wanted > shift.free:
        message = _("Only {n} places are free. Give the shift more places first.")
        raise Refusal(message.format(n=shift.free), code="full", field="entries")
    if wanted and shift.waiting and not passes_line:
        message = _("{n} people are waiting before them. Tick that they pass the line, or wait.")
        raise Refusal(message.format(n=shift.waiting), code="line", field="passes_line")


def _added(shift: Shift, person: Volunteer, actor: Actor, reason: str, field: str) -> SignUp:
    now = timezone.now()
    # Until its end an organiser still lets somebody in.
    moment = min(now, shift.starts_at - timedelta(seconds=1)) if now < shift.ends_at else now
    if misfit := misfit_of(person, shift, at=moment):
        message = _("{name}: {reason}").format(name=person.name, reason=misfit.sentence)
        raise Refusal(message, code=misfit.code, field=field)
    try:
        return written(new_sign_up(shift, person, SignUpState.PLACED, actor, added_reason=reason))
    except Refusal as refused:
        message = _("{name}: has another shift at that time.").format(name=person.name)
        raise Refusal(message, code=refused.code, field=field) from refused


def _reason_given(text: str) -> str:
    missing = _("Say how it came: the volunteer reads it, and it stays on the list.")
    return text_given(text, field="reason", most=150, missing=missing)

"""Whether a volunteer fits a shift, and the exact reason where not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.ages import ADULT_AGE, age_on
from core.tenancy.keys import AFTER_SUBTREE
from organizations.rules.summary import rules_for
from volunteers.activities.models import Activity, ActivityState, Invited, Shift
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.signups.rules import YOUNGEST_WITH_GUARDIAN
from volunteers.teams.models import TeamMember
from volunteers.vocabulary.models import Term, VolunteerTerm

__all__ = ["Misfit", "gate", "misfit_of", "misfit_of_person"]

Gate = Callable[[Volunteer, Activity, date], "Misfit | None"]
_GATES: dict[str, Gate] = {}


class Misfit(NamedTuple):
    """Why somebody cannot serve in a shift: a code for programs, a sentence for the person."""

    code: str
    sentence: str


def gate(name: str) -> Callable[[Gate], Gate]:
    """Has the function of a topic above asked too, with person, activity and the shift's day.

    Raises `ValueError` for a name that is taken.
    """

    def register(judge: Gate) -> Gate:
        if _GATES.setdefault(name, judge) is not judge:
            message = f"Two gates are called {name!r}."
            raise ValueError(message)
        return judge

    return register


def misfit_of(person: Volunteer, shift: Shift, *, at: datetime | None = None) -> Misfit | None:
    """The first reason why ``person`` does not fit ``shift``, or None.

    The state of the call comes first, then the person, then what the call asks for. Free places
    and other shifts of the person are judged where the sign-up is written.
    """
    moment = timezone.now() if at is None else at
    activity = shift.activity
    day = timezone.localdate(shift.starts_at)
    return (
        _of_call(activity, shift, moment)
        or misfit_of_person(person, day)
        or _of_invitation(person, activity)
        or _of_age(age_on(person.birth_date, day), activity)
        or _of_skills(person, activity, day)
        or next(filter(None, (judge(person, activity, day) for judge in _GATES.values())), None)
    )


def _of_call(activity: Activity, shift: Shift, moment: datetime) -> Misfit | None:
    if activity.state == ActivityState.CANCELLED:
        message = _("The activity is cancelled: {reason}")
        return Misfit("cancelled", message.format(reason=activity.reason))
    if shift.cancelled_at is not None:
        return Misfit("cancelled", _("This shift is cancelled. Look for another one."))
    if activity.state != ActivityState.PUBLISHED or shift.starts_at <= moment:
        return Misfit("closed", _("Sign-up for this shift is closed: it has begun or is over."))
    return None


def misfit_of_person(person: Volunteer, day: date) -> Misfit | None:
    """Why the person takes part in nothing that day: not active, too young, no consent."""
    if person.state != VolunteerState.ACTIVE:
        message = _("Your entry is {state}. Tell your committee when you want to serve again.")
        return Misfit("not_active", message.format(state=person.get_state_display()))
    age = age_on(person.birth_date, day)
    if age >= ADULT_AGE:
        return None
    youngest = rules_for(person.committee_id, on=day)[YOUNGEST_WITH_GUARDIAN]
    if age < youngest:
        message = _("Under {age} one serves together with a parent; ask the organiser.")
        return Misfit("too_young", message.format(age=youngest))
    if person.guardian_consent_on is None:
        message = _("Under 18 your guardian consents first. Send the link from “My data”.")
        return Misfit("guardian_missing", message)
    return None


def _of_invitation(person: Volunteer, activity: Activity) -> Misfit | None:
    if activity.invited in {Invited.ORGANIZATION, Invited.GROUP}:
        return _of_team(person, activity)
    path = activity.committee_id
    if activity.invited == Invited.EVERYBODY or path <= person.committee_id < path + AFTER_SUBTREE:
        return None
    message = _("This call is for volunteers of {committee}.")
    return Misfit("not_invited", message.format(committee=activity.committee.name))


def _of_team(person: Volunteer, activity: Activity) -> Misfit | None:
    group, organizer = activity.invited_group, activity.organization
    mine = TeamMember.objects.of_team(activity.organization_id or 0).filter(volunteer=person)
    if (mine.filter(group=group) if group else mine).exists():
        return None
    name = organizer.name if organizer else ""
    message = (
        _("This call is for the group {group} of {team}.")
        if group
        else _("This call is for members of {team}.")
    )
    return Misfit("not_invited", message.format(group=group, team=name))


def _of_age(age: int, activity: Activity) -> Misfit | None:
    if activity.youngest is not None and age < activity.youngest:
        message = _("This call is for people from {age} on.")
        return Misfit("too_young", message.format(age=activity.youngest))
    if activity.oldest is not None and age > activity.oldest:
        message = _("This call is for people up to {age}.")
        return Misfit("too_old", message.format(age=activity.oldest))
    return None


def _of_skills(person: Volunteer, activity: Activity, day: date) -> Misfit | None:
    if not activity.needed_skills:
        return None
    held = VolunteerTerm.objects.filter(volunteer=person, term__in=activity.needed_skills)
    kept = {each.term_id for each in held if each.valid_until is None or each.valid_until >= day}
    missing = Term.objects.filter(pk__in=set(activity.needed_skills) - kept).in_order()
    words = "、".join(term.name for term in missing)
    if not words:
        return None
    message = _("This call needs: {skills}. Add it in “My data” if you can do it.")
    return Misfit("skills_missing", message.format(skills=words))

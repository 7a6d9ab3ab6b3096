"""The verbs of sessions: plan, enrol, decide, write results."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from training.courses.models import Course, CourseState
from training.sessions.models import Enrolment, EnrolmentState, EnrolmentWay, Session, SessionMode
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.signups.domain import misfit_of_person

__all__ = [
    "SessionFacts",
    "answer_enrolment",
    "assign_people",
    "cancel_session",
    "enrol",
    "plan_session",
    "withdraw_enrolment",
    "write_results",
]

RESULTS = (EnrolmentState.COMPLETED, EnrolmentState.FAILED, EnrolmentState.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """When, where, by whom and for how many; times with their zone."""

    mode: str
    teacher: str
    starts_at: datetime
    ends_at: datetime
    places: int
    enrolment: str
    place: str = ""
    link: str = ""


@transaction.atomic
def plan_session(course: Course, facts: SessionFacts, *, actor: Actor) -> Session:
    """A session of the actor's committee.

    Raises `Refusal` for a course that is not published, an end before the start, a start that is
    over, and where a place or an address online is missing.
    """
    actor.must("training.write")
    if course.state != CourseState.PUBLISHED:
        raise Refusal(_("Publish the course first."), code="not_published")
    if facts.ends_at <= facts.starts_at:
        raise Refusal(_("The session ends before it begins."), code="times", field="ends_at")
    if facts.starts_at <= timezone.now():
        message = _("The session begins in the past. Choose a later time.")
        raise Refusal(message, code="past", field="starts_at")
    if facts.mode != SessionMode.ONLINE and not facts.place.strip():
        raise Refusal(_("Say where it is held."), code="place", field="place")
    if facts.mode != SessionMode.PLACE and not facts.link:
        raise Refusal(_("Say where it is held online."), code="link", field="link")
    return Session.objects.create(
        committee_id=actor.scope.committee,
        course=course,
        created_by_label=actor.label,
        **asdict(facts),
    )


@transaction.atomic
def cancel_session(session: Session, *, actor: Actor, reason: str) -> Session:
    """Everybody enrolled reads the reason. Raises `Refusal` without one and once it has begun."""
    actor.must("training.write")
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if not locked.is_open:
        raise Refusal(_("This session has begun or is cancelled."), code="closed")
    locked.cancel_reason = text_given(
        reason, field="reason", most=200, missing=_("Say why: those enrolled read it.")
    )
    locked.cancelled_at = timezone.now()
    locked.save(update_fields=["cancelled_at", "cancel_reason"])
    return locked


@transaction.atomic
def enrol(session: Session, *, actor: Actor) -> Enrolment:
    """The actor, a volunteer, enrols: a place, the waiting list, or an approval to wait for.

    Raises `Refusal` where enrolment is closed or done by committees, for who is enrolled already,
    who takes part in nothing that day (as sign-ups judge it), and who lacks the course that comes
    first.
    """
    actor.must("own.learn")
    person = Volunteer.objects.get(pk=actor.scope.volunteer or 0)
    if session.enrolment == EnrolmentWay.ASSIGNED:
        raise Refusal(_("Places in this session are given by committees."), code="assigned")
    if misfit := misfit_of_person(person, timezone.localdate(session.starts_at)):
        raise Refusal(misfit.sentence, code=misfit.code)
    _must_hold_what_comes_first(person, session)
    return _enrolled(session, person, actor)


@transaction.atomic
def assign_people(session: Session, numbers: Sequence[str], *, actor: Actor) -> list[Enrolment]:
    """Enrols volunteers of the actor's registry by portal number: all of them or nobody.

    Raises `Refusal` for a number that is not theirs, somebody enrolled already, a minor without a
    guardian's consent, somebody who lacks the course that comes first, and when the places are too
    few.
    """
    actor.must("training.write")
    own = Volunteer.objects.below(actor.scope.committee).filter(state=VolunteerState.ACTIVE)
    found = {each.number: each for each in own.filter(number__in=numbers)}
    unknown = "、".join(sorted(set(numbers) - set(found)))
    if unknown or not found:
        message = _("Not in your registry, or not active: {numbers}")
        raise Refusal(message.format(numbers=unknown or "–"), code="unknown", field="numbers")
    made = []
    for person in found.values():
        if misfit := misfit_of_person(person, timezone.localdate(session.starts_at)):
            message = _("{name}: {reason}").format(name=person.name, reason=misfit.sentence)
            raise Refusal(message, code=misfit.code, field="numbers")
        _must_hold_what_comes_first(person, session, field="numbers")
        made.append(_enrolled(session, person, actor))
    if any(each.state != EnrolmentState.PLACED for each in made):
        message = _("There are fewer places than people. Nobody was enrolled.")
        raise Refusal(message, code="full", field="numbers")
    return made


@transaction.atomic
def withdraw_enrolment(enrolment: Enrolment, *, actor: Actor) -> Enrolment:
    """The person gives the place back, which goes to the first who waits.

    Raises `Refusal` once the session has begun.
    """
    actor.must("own.learn")
    locked = Enrolment.objects.select_related("session").get(pk=enrolment.pk)
    if not (locked.stands and locked.session.is_open):
        raise Refusal(_("This session has begun or is cancelled."), code="closed")
    locked.state = EnrolmentState.WITHDRAWN
    locked.save(update_fields=["state"])
    return locked


@transaction.atomic
def answer_enrolment(enrolment: Enrolment, *, actor: Actor, agrees: bool, reason: str) -> Enrolment:
    """Gives who asked a place, or the waiting list when there is none left; or refuses.

    Raises `Refusal` for a refusal without a reason and for what was answered before.
    """
    actor.must("training.write")
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if locked.state != EnrolmentState.ASKED:
        raise Refusal(_("This enrolment has been answered already."), code="answered")
    if not agrees:
        missing = _("Say why: the volunteer reads it.")
        locked.reason = text_given(reason, field="reason", most=200, missing=missing)
    locked.state = EnrolmentState.PLACED if agrees else EnrolmentState.REFUSED
    locked.decided_by_label = actor.label
    locked.save(update_fields=["state", "reason", "decided_by_label"])
    # The database may have put it on the waiting list.
    locked.refresh_from_db(fields=["state"])
    return locked


@transaction.atomic
def write_results(
    session: Session, enrolments: Iterable[int], *, actor: Actor, result: EnrolmentState
) -> int:
    """What became of people with a place; how many. Written again it replaces what stood.

    Completed: the course's minutes, and a qualification from today for as long as the course says.
    Raises `Refusal` before the session has begun.
    """
    actor.must("training.write")
    if not session.has_begun:
        raise Refusal(_("Results are written once the session has begun."), code="not_begun")
    today, course = timezone.localdate(), session.course
    done = result == EnrolmentState.COMPLETED
    rows = Enrolment.objects.filter(
        session=session, pk__in=list(enrolments), state__in=["placed", *RESULTS]
    )
    return rows.update(
        state=result,
        minutes=course.minutes if done else 0,
        completed_on=today if done else None,
        valid_until=_valid_until(course, today) if done else None,
        decided_by_label=actor.label,
    )


def _valid_until(course: Course, day: date) -> date | None:
    if course.valid_months is None:
        return None
    years, month = divmod(day.month - 1 + course.valid_months, 12)
    year, month = day.year + years, month + 1
    last = monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) - timedelta(days=1)


def _must_hold_what_comes_first(person: Volunteer, session: Session, *, field: str = "") -> None:
    first = session.course.after
    if first is None:
        return
    day = timezone.localdate(session.starts_at)
    if not Enrolment.objects.of_person(person.pk).holding(day).filter(course=first).exists():
        message = _("{name} completes “{title}” first.")
        said = message.format(name=person.name, title=first.title)
        raise Refusal(said, code="first", field=field)


def _enrolled(session: Session, person: Volunteer, actor: Actor) -> Enrolment:
    try:
        with transaction.atomic():
            made = Enrolment.objects.create(
                committee_id=session.committee_id,
                session=session,
                course_id=session.course_id,
                volunteer=person,
                volunteer_name=person.name,
                volunteer_number=person.number,
                # The database decides which of the three it is.
                state=EnrolmentState.PLACED,
                asked_by_label=actor.label,
            )
    except IntegrityError as error:
        said = {
            "enrolment_once": _("{name} is enrolled already."),
            "enrolment_open": _("Enrolment for this session is closed."),
        }
        broken = broken_constraint(error)
        if broken not in said:
            raise
        raise Refusal(said[broken].format(name=person.name), code=broken) from error
    made.refresh_from_db(fields=["state"])
    return made

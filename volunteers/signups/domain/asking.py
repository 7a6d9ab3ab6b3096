"""Signing up: a place at once, the waiting list, or a refusal with its exact reason."""

from __future__ import annotations

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.activities.models import Shift
from volunteers.registry.models import Volunteer
from volunteers.signups.domain.fitting import misfit_of
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["hold_queue", "new_sign_up", "sign_up", "written"]


@transaction.atomic
def sign_up(shift: Shift, *, actor: Actor, team: int | None = None) -> SignUp:
    """Gives the volunteer who acts a place, or the last place on the waiting list.

    ``team`` is the organisation whose leader does it for the volunteer.

    Where somebody waits, nobody passes the line: a free place is offered to the first. Signing up
    twice answers with the first sign-up. Raises `Refusal` with the reason otherwise: closed,
    cancelled, not_active, too_young, guardian_missing, not_invited, too_old, skills_missing,
    overlap or full.
    """
    actor.must("own.signup")
    person = Volunteer.objects.get(pk=actor.scope.volunteer or 0)
    hold_queue(shift)
    current = Shift.objects.with_calls().get(pk=shift.pk)
    standing = SignUp.objects.filter(shift=current, volunteer=person).standing().first()
    if standing is not None:
        return standing
    if misfit := misfit_of(person, current):
        raise Refusal(misfit.sentence, code=misfit.code)
    if not current.has_room and not current.has_reserve:
        message = _("All places are taken, and so is the waiting list. Look for another shift.")
        raise Refusal(message, code="full")
    state = SignUpState.PLACED if current.has_room else SignUpState.WAITING
    return written(new_sign_up(current, person, state, actor, team=team))


def hold_queue(shift: Shift) -> None:
    """Waits for whoever else signs up, withdraws or is offered a place in the shift.

    An advisory lock, because volunteers may not lock a row that they cannot write; it ends with
    the transaction. The counts in the shift would hold without it: it keeps the order, and lets
    who comes a moment later read that the places are gone instead of failing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('volunteers_signup'), %s)", [shift.pk % 2**31]
        )


def new_sign_up(
    shift: Shift,
    person: Volunteer,
    state: SignUpState,
    actor: Actor,
    *,
    added_reason: str = "",
    team: int | None = None,
) -> SignUp:
    """A row, not yet written, with name and time of the moment."""
    return SignUp(
        committee_id=shift.committee_id,
        activity_id=shift.activity_id,
        shift=shift,
        volunteer=person,
        volunteer_name=person.name,
        volunteer_number=person.number,
        during=DateTimeTZRange(shift.starts_at, shift.ends_at, "[)"),
        state=state,
        asked_at=timezone.now(),
        asked_by_label=actor.label,
        added_reason=added_reason,
        team_id=team,
    )


def written(signup: SignUp) -> SignUp:
    """Writes it. Raises `Refusal` where the person is somewhere else at that time."""
    try:
        with transaction.atomic():
            signup.save(force_insert=True)
    except IntegrityError as error:
        if broken_constraint(error) != "signup_no_overlap":
            raise
        raise Refusal(_overlap_sentence(signup), code="overlap") from error
    return signup


def _overlap_sentence(signup: SignUp) -> str:
    others = SignUp.objects.of_person(signup.volunteer_id).standing()
    other = others.filter(during__overlap=signup.during).with_calls().first()
    title = other.activity.title if other is not None else "–"
    message = _("You are signed up for “{activity}” at that time. Withdraw there first.")
    return message.format(activity=title)

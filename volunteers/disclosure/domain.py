"""Asking for full data, answering, looking, ending it before its time.

未成年人网络保护条例, art. 36–37: approval before staff reach a minor's data, a record of every
look, a yearly audit; 个人信息保护法, art. 51: least privilege.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.ages import latest_birth_date
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.accounts.models import User
from organizations.committees.models import Committee
from volunteers.disclosure.models import (
    DisclosedPerson,
    Disclosure,
    DisclosureLook,
    DisclosureState,
    Duration,
)
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.domain import Opened, open_identifiers, reason_given
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import Sought, filters_in_words, sought_by, volunteers_asked

__all__ = [
    "MOST_PEOPLE",
    "answer_disclosure",
    "ask_for_list",
    "ask_for_person",
    "ask_for_sheet",
    "end_disclosure",
    "look_at_disclosed",
    "minors_on",
]

OF_AGE = 18
# A whole county's children are nobody's everyday work.
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class _Subject:
    title: str
    people: Sequence[Volunteer]
    volunteer: Volunteer | None = None
    sheet: HoursSheet | None = None


def minors_on(sheet: HoursSheet) -> QuerySet[Volunteer]:
    """The people under 18 on the sheet whom the actor's committee may see."""
    served = ServiceRecord.objects.standing().filter(sheet=sheet).values("volunteer_id")
    born_after = latest_birth_date(OF_AGE, timezone.localdate())
    return Volunteer.objects.filter(pk__in=served, birth_date__gt=born_after)


def ask_for_person(
    volunteer: Volunteer, *, actor: Actor, reason: str, hours: Duration
) -> Disclosure:
    """Asks a secretary to open one person's full data for some hours.

    Raises `Refusal` without a reason and while an earlier request is still open.
    """
    subject = _Subject(volunteer.name, [volunteer], volunteer=volunteer)
    return _ask(subject, actor=actor, reason=reason, hours=hours)


def ask_for_sheet(sheet: HoursSheet, *, actor: Actor, reason: str, hours: Duration) -> Disclosure:
    """The same for all minors on a sheet, fixed now.

    Raises `Refusal` where nobody on it is under 18, for more than 500, and as `ask_for_person`.
    """
    people = list(minors_on(sheet)[: MOST_PEOPLE + 1])
    if not people:
        message = _("Nobody on this sheet is under 18.")
        raise Refusal(message, code="no_minors")
    if len(people) > MOST_PEOPLE:
        message = _("More than {most} minors stand on this sheet; ask for each person instead.")
        raise Refusal(message.format(most=MOST_PEOPLE), code="too_many")
    return _ask(_Subject(sheet.title, people, sheet=sheet), actor=actor, reason=reason, hours=hours)


def ask_for_list(
    asked: Mapping[str, str],
    *,
    committee: Committee,
    actor: Actor,
    reason: str,
    hours: Duration,
) -> Disclosure:
    """The same for everybody whom a list's filters fit below ``committee``, fixed now.

    Raises `Refusal` for nobody, for more than 500, where the list was found by a telephone or
    identity number, which would be kept in clear, and as `ask_for_person`.
    """
    if sought_by(asked.get("q", "")) == Sought.NUMBER:
        message = _("A list found by a number is not asked for. Take the number out of the search.")
        raise Refusal(message, code="found_by_number")
    people = list(volunteers_asked(asked, below=committee.path).order_by("pk")[: MOST_PEOPLE + 1])
    if not people:
        raise Refusal(_("Nobody is on this list."), code="nobody")
    if len(people) > MOST_PEOPLE:
        message = _("More than {most} people are on this list. Narrow it first.")
        raise Refusal(message.format(most=MOST_PEOPLE), code="too_many")
    place = _("List of {place}").format(place=committee.name)
    title = " · ".join(filter(None, [place, filters_in_words(asked)]))
    subject = _Subject(title[:200], people)
    return _ask(subject, actor=actor, reason=reason, hours=hours)


@transaction.atomic
def _ask(subject: _Subject, *, actor: Actor, reason: str, hours: Duration) -> Disclosure:
    actor.must("volunteers.reveal")
    user = _account(actor)
    reason = reason_given(reason)
    same = Disclosure.objects.of_user(user.pk).filter(
        volunteer=subject.volunteer, sheet=subject.sheet
    )
    if subject.volunteer is None and subject.sheet is None:
        same = same.filter(title=subject.title)
    if same.asked().exists() or any(each.is_open for each in same.filter(state="open")):
        message = _("You have asked for this already, or it is open to you.")
        raise Refusal(message, code="already_asked")
    asked = Disclosure.objects.create(
        committee_id=actor.scope.committee,
        volunteer=subject.volunteer,
        sheet=subject.sheet,
        title=subject.title,
        people=len(subject.people),
        reason=reason,
        hours=hours,
        asked_by=user,
        asked_by_label=actor.label,
    )
    DisclosedPerson.objects.bulk_create(
        DisclosedPerson(disclosure=asked, volunteer=person, committee_id=person.committee_id)
        for person in subject.people
    )
    return asked


@transaction.atomic
def answer_disclosure(
    asked: Disclosure, *, approved: bool, actor: Actor, reason: str = ""
) -> Disclosure:
    """Opens it from now on for the hours asked, or declines with the reason that the asker reads.

    Raises `Refusal` for one's own request, for one that has been answered, and for declining
    without a reason.
    """
    actor.must("volunteers.reveal.approve")
    user = _account(actor)
    locked = Disclosure.objects.select_for_update().get(pk=asked.pk)
    if locked.asked_by_id == user.pk:
        raise Refusal(_("You asked for this; a second person answers."), code="own_request")
    if locked.state != DisclosureState.ASKED:
        raise Refusal(_("This request has been answered already."), code="already_answered")
    locked.answer = "" if approved else _answer_given(reason)
    now = timezone.now()
    locked.answered_by, locked.answered_by_label, locked.answered_at = user, actor.label, now
    locked.state = DisclosureState.OPEN if approved else DisclosureState.DECLINED
    locked.expires_at = now + timedelta(hours=locked.hours) if approved else None
    locked.save()
    return locked


def _answer_given(text: str) -> str:
    most = Disclosure._meta.get_field("answer").max_length
    missing = _("Say why: who asked reads it.")
    return text_given(text, field="reason", most=most, missing=missing)


@transaction.atomic
def look_at_disclosed(opened: Disclosure, *, actor: Actor) -> list[Opened]:
    """Everybody's full identifiers; the look is logged for each of them in the same moment.

    Whoever has moved out of the actor's scope since is left out. Raises `Refusal` to anybody but
    who asked, before the approval and after its time.
    """
    actor.must("volunteers.reveal")
    user = _account(actor)
    locked = Disclosure.objects.select_for_update().get(pk=opened.pk)
    if locked.asked_by_id != user.pk:
        message = _("This access was given to another person. Ask for your own.")
        raise Refusal(message, code="not_yours")
    if not locked.is_open:
        message = _("This access is not open. Ask for it, or ask again.")
        raise Refusal(message, code="not_open")
    people = Volunteer.objects.filter(disclosed__disclosure=locked).order_by("pinyin", "pk")
    shown = open_identifiers(people, reason=locked.reason, actor=actor)
    DisclosureLook.objects.create(
        disclosure=locked, committee_id=locked.committee_id, user=user, people=len(shown)
    )
    return shown


@transaction.atomic
def end_disclosure(opened: Disclosure, *, actor: Actor) -> Disclosure:
    """Closes it before its time: who asked does not need it any more, or a secretary revokes it.

    Raises `Refusal` to anybody else, and where it is over already.
    """
    actor.must("volunteers.reveal")
    user = _account(actor)
    locked = Disclosure.objects.select_for_update().get(pk=opened.pk)
    if locked.asked_by_id != user.pk and not actor.may("volunteers.reveal.approve"):
        message = _("Only who asked, or a secretary, ends this access.")
        raise Refusal(message, code="not_yours")
    if locked.state != DisclosureState.ASKED and not locked.is_open:
        raise Refusal(_("This access is over already."), code="over")
    locked.state, locked.ended_at = DisclosureState.ENDED, timezone.now()
    locked.ended_by_label = actor.label
    locked.save()
    return locked


def _account(actor: Actor) -> User:
    if actor.user is None:
        raise Refusal(_("Sign in to do this."), code="no_account")
    return actor.user

"""The verbs of notices: write to those signed up, look."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.rules.summary import rules_for
from volunteers.activities.domain import lock_activity
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.notices.models import Audience, Delivery, Notice
from volunteers.notices.rules import MESSAGES_A_DAY
from volunteers.signups.models import SignUp, SignUpState
from volunteers.signups.queries import SignUpQuerySet

__all__ = ["LONGEST_TEXT", "LONGEST_TITLE", "look_at_notice", "send_message"]

LONGEST_TITLE, LONGEST_TEXT = 40, 300


@transaction.atomic
def send_message(
    activity: Activity,
    *,
    actor: Actor,
    title: str,
    text: str,
    audience: Audience = Audience.STANDING,
    shift: Shift | None = None,
) -> Notice:
    """Writes to those who stand on the lists of a published activity, or of one of its shifts.

    Raises `Refusal` without title or text and for longer ones than are kept, where nobody would
    read it, and for more in 24 hours than the province's rule lets through.
    """
    actor.must("activities.write")
    title = text_given(title, field="title", most=LONGEST_TITLE, missing=_("Give it a title."))
    text = text_given(text, field="text", most=LONGEST_TEXT, missing=_("Write what to tell them."))
    locked = lock_activity(activity, ActivityState.PUBLISHED)
    most = rules_for(locked.committee_id)[MESSAGES_A_DAY]
    since = timezone.now() - timedelta(days=1)
    if Notice.objects.of_activity(locked.pk).since(since).count() >= most:
        message = _("{n} messages went out within 24 hours, which is the most. Write tomorrow.")
        raise Refusal(message.format(n=most), code="too_many")
    people = SignUp.objects.filter(activity=locked).standing()
    if shift is not None:
        people = people.filter(shift=shift)
    notice = Notice(shift=shift, audience=audience, title=title, text=text)
    if not _sent(notice, locked, _of_audience(people, audience), actor):
        raise Refusal(_("Nobody is on that list, so nobody would read it."), code="nobody")
    return notice


@transaction.atomic
def look_at_notice(delivery: Delivery, *, actor: Actor) -> None:
    """Who was told has looked; the first time counts."""
    actor.must("own.signup")
    if delivery.looked_at is None:
        delivery.looked_at = timezone.now()
        delivery.save(update_fields=["looked_at"])


def _of_audience(people: SignUpQuerySet, audience: Audience) -> SignUpQuerySet:
    if audience == Audience.PLACED:
        return people.filter(state=SignUpState.PLACED)
    if audience == Audience.WAITING:
        return people.exclude(state=SignUpState.PLACED)
    return people


def _sent(notice: Notice, activity: Activity, people: SignUpQuerySet, actor: Actor) -> bool:
    """Writes it and one row for each person; whether there was anybody."""
    keys = sorted(set(people.values_list("volunteer", flat=True)))
    if not keys:
        return False
    notice.activity, notice.committee_id = activity, activity.committee_id
    notice.sent_by_label, notice.sent_at = actor.label, timezone.now()
    notice.save(force_insert=True)
    Delivery.objects.bulk_create(
        Delivery(notice=notice, committee_id=activity.committee_id, volunteer_id=key)
        for key in keys
    )
    return True

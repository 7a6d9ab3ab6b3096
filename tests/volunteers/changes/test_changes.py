"""What was published is changed: everybody is told, and nobody loses a place unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, ActivityChange, Shift
from volunteers.changes.domain import (
    Amendment,
    Plan,
    amend_activity,
    cancel_shift,
    change_shift,
)
from volunteers.own.summary.news import news_of
from volunteers.signups.domain import offer_places, sign_up, withdraw
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def ask(shift: Shift, actor: Actor) -> SignUp:
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def plan_of(shift: Shift, **fields: Any) -> Plan:
    there = Plan(
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        places=shift.places,
        reserve=shift.reserve,
    )
    return replace(there, **fields)


def later(shift: Shift, hours: int = 3) -> Plan:
    step = timedelta(hours=hours)
    return plan_of(shift, starts_at=shift.starts_at + step, ends_at=shift.ends_at + step)


def change(cast: Cast, shift: Shift, plan: Plan, **given: Any) -> ActivityChange:
    officer = given.pop("actor", cast.county_441802)
    with acting_as(officer.scope):
        found = Shift.objects.select_related("activity").get(pk=shift.pk)
        return change_shift(found, plan, actor=officer, **{"reason": "下雨", **given})


def refused(cast: Cast, shift: Shift, plan: Plan, **given: Any) -> str:
    with pytest.raises(Refusal) as said:
        change(cast, shift, plan, **given)
    return said.value.code


def told(actor: Actor) -> list[str]:
    with acting_as(actor.scope):
        return [each.detail for each in news_of(actor.scope.volunteer)]


def test_who_signed_up_comes_along_and_is_told(cast: Cast) -> None:
    shift = call(cast)
    signup = ask(shift, cast.person)
    assert told(cast.person) == []
    plan = later(shift)
    change(cast, shift, plan)
    with as_owner():
        during = SignUp.objects.get(pk=signup.pk).during
    assert (during.lower, during.upper) == (plan.starts_at, plan.ends_at)
    (said,) = told(cast.person)
    assert "时间" in said
    assert "下雨" in said
    assert told(another(cast)) == []


def test_who_signs_up_afterwards_is_not_told(cast: Cast) -> None:
    shift = call(cast)
    change(cast, shift, later(shift))
    ask(shift, cast.person)
    assert told(cast.person) == []


def test_change_of_one_shift_is_no_news_for_another(cast: Cast) -> None:
    shift = call(cast)
    with as_owner():
        step = timedelta(days=1)
        other = Shift.objects.create(
            activity=shift.activity,
            committee_id=shift.committee_id,
            starts_at=shift.starts_at + step,
            ends_at=shift.ends_at + step,
            places=1,
        )
    ask(other, cast.person)
    change(cast, shift, later(shift))
    assert told(cast.person) == []


def test_places_never_fall_below_what_is_taken_or_waited_for(cast: Cast) -> None:
    shift = call(cast, places=2)
    for actor in (cast.person, another(cast), another(cast)):
        ask(shift, actor)
    assert refused(cast, shift, plan_of(shift, places=1)) == "places_taken"
    assert refused(cast, shift, plan_of(shift, reserve=0)) == "reserve_taken"
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(places=1)


def test_more_places_go_to_who_waits(cast: Cast) -> None:
    shift, waits = call(cast, places=1), another(cast)
    ask(shift, cast.person)
    waiting = ask(shift, waits)
    change(cast, shift, plan_of(shift, places=2))
    assert offer_places() == 1
    with as_owner():
        assert SignUp.objects.get(pk=waiting.pk).state == "offered"


def test_who_serves_elsewhere_at_that_time_is_named_and_leaves_only_when_it_is_said(
    cast: Cast,
) -> None:
    shift, busy = call(cast, places=5), another(cast, name="欧阳忙")
    elsewhere = call(cast, committee=cast.committee("440606"), title="别处")
    plan = later(shift, hours=12)
    with as_owner():
        Shift.objects.filter(pk=elsewhere.pk).update(starts_at=plan.starts_at, ends_at=plan.ends_at)
        elsewhere.refresh_from_db()
    kept, lost, other = ask(shift, cast.person), ask(shift, busy), ask(elsewhere, busy)
    with pytest.raises(Refusal, match="欧阳忙") as said:
        change(cast, shift, plan)
    assert said.value.code == "overlap"
    with as_owner():
        assert Shift.objects.get(pk=shift.pk).starts_at == shift.starts_at
    change(cast, shift, plan, release=True)
    with as_owner():
        states = SignUp.objects.in_bulk([kept.pk, lost.pk, other.pk])
    assert [states[each.pk].state for each in (kept, lost, other)] == [
        "placed", "removed", "placed",
    ]  # fmt: skip
    assert states[lost.pk].reason == "下雨"


def test_who_leaves_after_a_change_needs_no_reason_however_late(cast: Cast) -> None:
    shift = call(cast, withdrawal_hours=24 * 30, places=2)
    signup, other = ask(shift, cast.person), another(cast)
    with acting_as(cast.person.scope), pytest.raises(Refusal):
        withdraw(signup, actor=cast.person)
    change(cast, shift, later(shift))
    with acting_as(cast.person.scope):
        assert withdraw(signup, actor=cast.person).state == "withdrawn"
    late = ask(shift, other)
    with acting_as(other.scope), pytest.raises(Refusal):
        withdraw(late, actor=other)


@pytest.mark.parametrize(
    ("hours", "lasts", "code"),
    [(-24 * 9, 2, "begun"), (1, -1, "shift_times"), (1, 25, "shift_times")],
)
def test_times_that_do_not_hold_are_refused(cast: Cast, hours: int, lasts: int, code: str) -> None:
    shift = call(cast)
    starts_at = shift.starts_at + timedelta(hours=hours)
    plan = plan_of(shift, starts_at=starts_at, ends_at=starts_at + timedelta(hours=lasts))
    assert refused(cast, shift, plan) == code


def test_what_changes_nothing_or_says_no_reason_is_refused(cast: Cast) -> None:
    shift = call(cast)
    assert refused(cast, shift, plan_of(shift)) == "unchanged"
    assert refused(cast, shift, later(shift), reason=" ") == "reason_missing"


def test_shift_that_has_begun_stays(cast: Cast) -> None:
    shift = call(cast)
    with time_machine.travel(shift.starts_at + timedelta(minutes=1)):
        assert refused(cast, shift, later(shift)) == "begun"


def test_who_only_writes_changes_nothing_that_is_published(cast: Cast) -> None:
    shift = call(cast)
    with pytest.raises(PermissionDenied):
        change(cast, shift, later(shift), actor=cast.recorder_441802)


def test_cancelled_shift_frees_everybody_and_takes_nobody(cast: Cast) -> None:
    shift, officer = call(cast), cast.county_441802
    signup = ask(shift, cast.person)
    with acting_as(officer.scope):
        found = Shift.objects.select_related("activity").get(pk=shift.pk)
        cancel_shift(found, actor=officer, reason="台风")
    with as_owner():
        ended = SignUp.objects.get(pk=signup.pk)
        assert (ended.state, ended.reason) == ("removed", "台风")
        assert not Shift.objects.open_at(timezone.now()).exists()
    with pytest.raises(Refusal) as said:
        ask(shift, another(cast))
    assert said.value.code == "cancelled"
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=signup.pk).update(state="placed", ended_at=None)


def test_activity_settles_without_its_cancelled_shift(cast: Cast) -> None:
    shift, officer = call(cast), cast.county_441802
    with as_owner():
        step = timedelta(days=30)
        other = Shift.objects.create(
            activity=shift.activity,
            committee_id=shift.committee_id,
            starts_at=shift.starts_at + step,
            ends_at=shift.ends_at + step,
            places=1,
        )
    with acting_as(officer.scope):
        found = Shift.objects.select_related("activity").get(pk=other.pk)
        cancel_shift(found, actor=officer, reason="台风")
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(
            starts_at=timezone.now() - timedelta(hours=3),
            ends_at=timezone.now() - timedelta(hours=1),
        )
        assert Activity.objects.to_settle("441802").exists() is False
        assert Activity.objects.to_settle(shift.committee_id).exists()


def test_words_are_mended_and_told(cast: Cast) -> None:
    shift, officer = call(cast), cast.county_441802
    ask(shift, cast.person)
    activity = shift.activity
    amendment = Amendment(
        place="北江西岸",
        latitude=23.682,
        longitude=113.0512,
        content=activity.content,
        risks="河边湿滑",
        responsible_person=activity.responsible_person,
        responsible_phone=activity.responsible_phone,
    )
    with acting_as(officer.scope):
        amend_activity(
            Activity.objects.get(pk=activity.pk), amendment, actor=officer, reason="修堤"
        )
    (said,) = told(cast.person)
    assert "北江东岸 → 北江西岸；地图位置有变" in said
    assert said.count("地图") == 1
    assert "河边湿滑" not in said
    with acting_as(officer.scope), pytest.raises(Refusal) as again:
        amend_activity(
            Activity.objects.get(pk=activity.pk), amendment, actor=officer, reason="再改"
        )
    assert again.value.code == "unchanged"


def test_what_was_told_is_never_changed(cast: Cast) -> None:
    shift, officer = call(cast), cast.county_441802
    change(cast, shift, later(shift))
    with acting_as(officer.scope), pytest.raises(DatabaseError, match="permission denied"):
        ActivityChange.objects.update(said="")


def test_officer_changes_a_shift_on_its_page(cast: Cast, client: Client) -> None:
    shift = call(cast)
    address = reverse("changes:shift-change", args=[shift.activity_id, shift.pk])
    page = reverse("activities:activity-detail", args=[shift.activity_id])
    log_in(client, cast.county_441802)
    assert address in client.get(page).content.decode()
    typed = {
        "starts_at": "2099-05-01T08:00",
        "ends_at": "2099-05-01T10:00",
        "places": "9",
        "reserve": "5",
    }
    asked = client.post(address, typed)
    assert (asked.status_code, "reason" in asked.context["form"].errors) == (422, True)
    assert client.post(address, {**typed, "reason": "改期"})["Location"] == page
    assert "改期" in client.get(page).content.decode()
    public = reverse("calls:call-detail", args=[shift.activity_id])
    assert "改期" in Client().get(public).content.decode()
    cancel = reverse("changes:shift-cancel", args=[shift.activity_id, shift.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "台风"})["Location"] == page
    added = client.post(
        reverse("activities:shift-add", args=[shift.activity_id]),
        {**typed, "starts_at": "2099-06-01T08:00", "ends_at": "2099-06-01T10:00", "weeks": "1"},
    )
    assert added["Location"] == page

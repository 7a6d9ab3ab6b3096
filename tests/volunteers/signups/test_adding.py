"""People whom the organiser puts on the list, and who comes in somebody's place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.own.summary.news import news_of
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import add_people, sign_up, substitute
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def person(cast: Cast, code: str = "441802009", **fields: Any) -> Volunteer:
    with as_owner():
        made: Volunteer = VolunteerFactory(committee=cast.committee(code), **fields)
    return made


def ask(shift: Shift, actor: Actor) -> SignUp:
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def add(cast: Cast, shift: Shift, *entries: str, **given: Any) -> list[SignUp]:
    actor = given.pop("actor", cast.recorder_441802)
    with acting_as(actor.scope):
        return add_people(shift, entries, actor=actor, **{"reason": "来电报名", **given})


def refused(cast: Cast, shift: Shift, *entries: str, **given: Any) -> str:
    actor = cast.recorder_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as said:
        add_people(shift, entries, actor=actor, **{"reason": "来电报名", **given})
    return said.value.code


def on_the_list(shift: Shift) -> list[tuple[str, str]]:
    with as_owner():
        rows = SignUp.objects.filter(shift=shift).standing().order_by("pk")
        return list(rows.values_list("volunteer_name", "state"))


def test_number_and_name_are_found_and_said_how(cast: Cast) -> None:
    shift, other = call(cast, places=3), person(cast, name="欧阳独名")
    added = add(cast, shift, cast.volunteer.number, "欧阳独名")
    assert on_the_list(shift) == [(cast.volunteer.name, "placed"), (other.name, "placed")]
    assert {each.added_reason for each in added} == {"来电报名"}
    with acting_as(cast.person.scope):
        (news,) = news_of(cast.person.scope.volunteer)
    assert "来电报名" in news.detail


def test_who_is_there_already_stays_as_is(cast: Cast) -> None:
    shift = call(cast, places=2)
    mine = ask(shift, cast.person)
    assert add(cast, shift, cast.volunteer.number) == []
    with as_owner():
        assert SignUp.objects.get().pk == mine.pk


def test_one_who_cannot_come_keeps_all_away(cast: Cast) -> None:
    shift = call(cast, places=5, youngest=60)
    old = person(cast, birth_date=date(1950, 1, 1))
    assert refused(cast, shift, old.number, cast.volunteer.number) == "too_young"
    assert on_the_list(shift) == []


def test_name_of_two_and_of_nobody_here_are_refused(cast: Cast) -> None:
    shift = call(cast, places=5)
    for _each in range(2):
        person(cast, name="欧阳同名")
    foreign = person(cast, "440606103", name="欧阳外地")
    assert refused(cast, shift, "欧阳同名") == "several"
    assert refused(cast, shift, "欧阳外地") == "unknown"
    assert refused(cast, shift, foreign.number) == "unknown"
    assert refused(cast, shift) == "entries"
    assert refused(cast, shift, cast.volunteer.number, reason=" ") == "reason_missing"


def test_places_hold_for_the_organiser_too(cast: Cast) -> None:
    shift = call(cast, places=1)
    others = [person(cast).number for _each in range(2)]
    assert refused(cast, shift, *others) == "full"
    assert on_the_list(shift) == []


def test_line_is_passed_only_when_it_is_said(cast: Cast) -> None:
    shift = call(cast, places=1)
    for actor in (another(cast), another(cast)):
        ask(shift, actor)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(places=2)
    assert refused(cast, shift, cast.volunteer.number) == "line"
    add(cast, shift, cast.volunteer.number, passes_line=True)
    assert [state for _name, state in on_the_list(shift)] == ["placed", "waiting", "placed"]


def test_nobody_but_an_organiser_passes_the_line(cast: Cast) -> None:
    shift, mine = call(cast, places=2), cast.volunteer
    row = SignUp(
        committee_id=shift.committee_id,
        activity_id=shift.activity_id,
        shift=shift,
        volunteer=mine,
        volunteer_name=mine.name,
        volunteer_number=mine.number,
        during=DateTimeTZRange(shift.starts_at, shift.ends_at, "[)"),
        state="placed",
        asked_at=timezone.now(),
        asked_by_label="本人",
        added_reason="插队",
    )
    with acting_as(cast.person.scope), pytest.raises(DatabaseError, match="row-level"):
        row.save(force_insert=True)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(waiting=1)
        row.added_reason = ""
        with pytest.raises(IntegrityError, match="somebody waits"), transaction.atomic():
            row.save(force_insert=True)


def test_who_serves_elsewhere_at_that_time_is_refused_without_saying_where(cast: Cast) -> None:
    shift = call(cast)
    elsewhere = call(cast, committee=cast.committee("440606"), title="别处活动")
    with as_owner():
        times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
        Shift.objects.filter(pk=elsewhere.pk).update(**times)
        elsewhere.refresh_from_db()
    ask(elsewhere, cast.person)
    with pytest.raises(Refusal) as said:
        add(cast, shift, cast.volunteer.number)
    assert said.value.code == "overlap"
    assert "别处" not in str(said.value)


def test_somebody_at_the_door_is_added_until_the_end(cast: Cast) -> None:
    shift = call(cast, places=5)
    with time_machine.travel(shift.starts_at + timedelta(minutes=30)):
        assert len(add(cast, shift, cast.volunteer.number)) == 1
    with time_machine.travel(shift.ends_at + timedelta(minutes=1)):
        assert refused(cast, shift, person(cast).number) == "closed"


def test_substitute_takes_the_place_and_nobody_comes_between(cast: Cast) -> None:
    shift, waits = call(cast, places=1), another(cast)
    mine = ask(shift, cast.person)
    ask(shift, waits)
    instead = person(cast, name="欧阳替补")
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        came = substitute(mine, instead.number, actor=actor, reason="发烧")
    (_first, still), (name, state) = on_the_list(shift)
    assert (still, name, state) == ("waiting", "欧阳替补", "placed")
    assert (came.volunteer_id, "发烧" in came.added_reason) == (instead.pk, True)
    assert cast.volunteer.number not in came.added_reason
    with as_owner():
        left = SignUp.objects.get(pk=mine.pk)
    assert (left.state, left.reason) == ("removed", "发烧")


def test_who_has_no_place_cannot_be_replaced_nor_by_who_is_there(cast: Cast) -> None:
    shift, second = call(cast, places=1), another(cast)
    mine, waiting = ask(shift, cast.person), ask(shift, second)
    actor = cast.recorder_441802
    with as_owner():
        there = Volunteer.objects.get(pk=waiting.volunteer_id).number
    for signup, entry, code in ((waiting, person(cast).number, "no_place"), (mine, there, "there")):
        with acting_as(actor.scope), pytest.raises(Refusal) as said:
            substitute(signup, entry, actor=actor, reason="发烧")
        assert said.value.code == code


def test_who_only_reads_adds_nobody(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        add(cast, call(cast), cast.volunteer.number, actor=cast.province_auditor)


def test_organiser_adds_and_replaces_on_the_page(cast: Cast, client: Client) -> None:
    shift, instead = call(cast, places=2), person(cast)
    page = reverse("signups:shift-detail", args=[shift.activity_id, shift.pk])
    address = reverse("signups:signup-add", args=[shift.activity_id, shift.pk])
    log_in(client, cast.recorder_441802)
    asked = client.post(address, {"entries": cast.volunteer.number, "reason": ""})
    assert (asked.status_code, cast.volunteer.number in asked.content.decode()) == (422, True)
    typed = {"entries": f"{cast.volunteer.number}\r\n\r\n", "reason": "来电"}
    assert client.post(address, typed)["Location"] == page
    with as_owner():
        signup = SignUp.objects.get()
    swap = reverse("signups:signup-substitute", args=[signup.pk])
    assert swap in client.get(page).content.decode()
    assert client.post(swap, {"entry": "没有此人", "reason": "病"}).status_code == 422
    assert client.post(swap, {"entry": instead.number, "reason": "病"})["Location"] == page
    assert [name for name, _state in on_the_list(shift)] == [instead.name]

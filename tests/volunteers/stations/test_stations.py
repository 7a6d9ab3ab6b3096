"""Stations: entered by the office, found by everybody, chosen for activities of the area."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from core.workdays.moving import DayMove
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.activities.test_domain import CALL
from tests.volunteers.activities.test_views import TYPED
from tests.volunteers.signups.arranging import call
from volunteers.activities.domain import copy_activity, create_activity
from volunteers.activities.models import Activity
from volunteers.stations.domain import Facts, close_station, edit_station, open_station
from volunteers.stations.models import Station

pytestmark = pytest.mark.django_db
FACTS = Facts(
    name="横荷驿站",
    address="横荷路 1 号",
    keeper="值班员",
    keeper_phone="0763-0000000",
    hours=("9:00-12:00", "", "", "", "", "", ""),
)


def opened(actor: Actor, name: str = FACTS.name) -> Station:
    with acting_as(actor.scope):
        return open_station(replace(FACTS, name=name), actor=actor)


def refused(actor: Actor, facts: Facts) -> tuple[str, str | None]:
    with acting_as(actor.scope), pytest.raises(Refusal) as said:
        open_station(facts, actor=actor)
    return said.value.code, said.value.field


def test_hours_are_kept_in_one_form_and_bad_ones_named_by_day(cast: Cast) -> None:
    assert opened(cast.county_441802).hours[0] == "09:00-12:00"
    bad = replace(FACTS, name="别处", hours=("", "", "早上", "", "", "", ""))
    assert refused(cast.county_441802, bad) == ("hours", "day_2")


def test_name_is_a_committees_once(cast: Cast) -> None:
    opened(cast.county_441802)
    assert refused(cast.county_441802, FACTS) == ("name_taken", "name")
    opened(cast.county_440606)


def test_recorder_enters_none(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        opened(cast.recorder_441802)


def test_activity_takes_place_at_a_station_of_the_area_that_stands(cast: Cast) -> None:
    own, foreign = opened(cast.county_441802), opened(cast.county_440606)
    actor = cast.county_441802
    with acting_as(actor.scope):
        made = create_activity(replace(CALL, station_id=own.pk), actor=actor)
        assert made.station_id == own.pk
        with pytest.raises(Refusal) as said:
            create_activity(replace(CALL, station_id=foreign.pk), actor=actor)
    assert (said.value.code, said.value.field) == ("station", "station_id")
    with as_owner(), pytest.raises(IntegrityError, match="another area"), transaction.atomic():
        Activity.objects.filter(pk=made.pk).update(station_id=foreign.pk)


def test_closed_station_takes_no_new_activity_and_a_copy_drops_it(cast: Cast) -> None:
    station, actor = opened(cast.county_441802), cast.county_441802
    with acting_as(actor.scope):
        made = create_activity(replace(CALL, station_id=station.pk), actor=actor)
        close_station(station, actor=actor)
        with pytest.raises(Refusal):
            create_activity(replace(CALL, station_id=station.pk), actor=actor)
        assert copy_activity(made, actor=actor, move=DayMove.NONE).station_id is None
        with pytest.raises(Refusal):
            edit_station(station, FACTS, actor=actor)
        assert Activity.objects.get(pk=made.pk).station_id == station.pk


def test_office_enters_and_changes_it_and_everybody_finds_it(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    typed = {
        "name": "横荷驿站",
        "address": "横荷路 1 号",
        "keeper": "值班员",
        "keeper_phone": "0763-0000000",
        "day_0": "九点",
    }
    asked = client.post(reverse("stations:station-create"), typed)
    assert (asked.status_code, "九点" in asked.content.decode()) == (422, True)
    page = client.post(reverse("stations:station-create"), {**typed, "day_0": "9:00-11:00"})
    detail = client.get(page["Location"]).content.decode()
    assert "09:00-11:00" in detail
    with as_owner():
        station = Station.objects.get()
        shift = call(cast, station=station)
    public = reverse("calls:station-detail", args=[station.pk])
    visitor = Client()
    assert shift.activity.title in visitor.get(public).content.decode()
    listed = reverse("calls:station-list")
    assert list(visitor.get(listed, {"place": "441802"}).context["stations"]) == [station]
    assert list(visitor.get(listed, {"place": "440606"}).context["stations"]) == []
    at_call = reverse("calls:call-detail", args=[shift.activity_id])
    assert public in visitor.get(at_call).content.decode()
    edit = reverse("stations:station-edit", args=[station.pk])
    assert client.post(edit, {**typed, "day_0": ""})["Location"] == page["Location"]
    client.post(reverse("stations:station-close", args=[station.pk]))
    assert list(visitor.get(listed).context["stations"]) == []
    client.post(reverse("stations:station-reopen", args=[station.pk]))
    assert list(visitor.get(listed).context["stations"]) == [station]


def test_form_of_an_activity_offers_the_stations_of_the_area(cast: Cast, client: Client) -> None:
    own = opened(cast.county_441802)
    opened(cast.county_440606, name="外地驿站")
    log_in(client, cast.recorder_441802)
    page = client.get(reverse("activities:activity-create"))
    offered = page.context["form"].fields["station_id"].choices
    assert [name for _key, name in offered] == ["无", "横荷驿站"]
    client.post(reverse("activities:activity-create"), {**TYPED, "station_id": own.pk})
    with as_owner():
        assert Activity.objects.get().station_id == own.pk

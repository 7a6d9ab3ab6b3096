"""Spot checks: what is drawn, who judges, and that a published outcome stands."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.hours.domain import void_hours
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.spotchecks.domain import (
    Draw,
    draw_spot_check,
    judge_record,
    order_spot_check,
    publish_spot_check,
)
from volunteers.spotchecks.models import Finding, SpotCheck, SpotCheckItem

MAY: dict[str, Any] = {"first_day": date(2026, 5, 1), "last_day": date(2026, 5, 31)}


@pytest.fixture
def frame(cast: Cast) -> list[int]:
    """Twelve confirmed records of May in two townships of the county, and what lies beside them."""
    near, far = cast.committee("441802009"), cast.committee("441802103")
    made = []
    with as_owner():
        for place in range(12):
            committee = near if place % 2 else far
            record = ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=committee),
                served_on=date(2026, 5, 1 + 2 * place),
            )
            made.append(record.pk)
        beside = VolunteerFactory(committee=near)
        ServiceRecordFactory(volunteer=beside, served_on=date(2026, 5, 2), state="submitted")
        ServiceRecordFactory(volunteer=beside, served_on=date(2026, 6, 1))
        stranger = VolunteerFactory(committee=cast.committee("440606103"))
        ServiceRecordFactory(volunteer=stranger, served_on=date(2026, 5, 4))
    return sorted(made)


def drawn(actor: Actor, cast: Cast, *, size: int = 4, seed: str = "abc") -> SpotCheck:
    asked = Draw(scope=cast.committee("441802"), title="五月抽查", size=size, seed=seed, **MAY)
    return draw_spot_check(asked, actor=actor)


def sample(check: SpotCheck) -> list[int]:
    return list(check.items.order_by("position").values_list("record_id", flat=True))


def test_sample_follows_from_seed_and_frame(cast: Cast, frame: list[int]) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        check = drawn(actor, cast)
        again = drawn(actor, cast)
        other = drawn(actor, cast, seed="xyz")
        whole = drawn(actor, cast, size=100)
    by_hash = sorted(frame, key=lambda pk: hashlib.sha256(f"abc:{pk}".encode()).digest())
    with acting_as(actor.scope):
        assert sample(check) == sample(again) == by_hash[:4]
        assert sample(other) != sample(check)
        assert sorted(sample(whole)) == frame
    assert check.frame_size == 12
    assert check.frame_digest == hashlib.sha256(",".join(map(str, frame)).encode()).hexdigest()
    assert whole.size == 12


def test_frame_too_large_for_a_page_is_drawn_by_a_job_with_the_seed_of_the_order(
    cast: Cast, frame: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = cast.county_441802
    asked = Draw(scope=cast.committee("441802"), title="五月抽查", size=4, **MAY)
    with acting_as(actor.scope):
        assert isinstance(order_spot_check(asked, actor=actor), SpotCheck)
    monkeypatch.setattr("volunteers.spotchecks.domain.drawing.MOST_AT_ONCE", 11)
    with acting_as(actor.scope):
        job = order_spot_check(asked, actor=actor)
    assert isinstance(job, Job)
    again = replace(asked, seed=job.parameters["seed"])
    with acting_as(actor.scope):
        expected = sample(draw_spot_check(again, actor=actor))
    run_job_now(job.pk)
    with acting_as(actor.scope):
        drawn_by_job = SpotCheck.objects.latest("pk")
        assert (sample(drawn_by_job), drawn_by_job.frame_size) == (expected, 12)


def test_published_outcome_is_read_by_the_committees_concerned_with_their_own_records(
    cast: Cast, frame: list[int]
) -> None:
    city = cast.city_4418
    asked = Draw(scope=cast.committee("4418"), title="全市抽查", size=12, **MAY)
    with as_owner():
        ServiceRecordFactory(
            volunteer=VolunteerFactory(committee=cast.committee("4418")),
            committee=cast.committee("4418"),
            served_on=date(2026, 5, 4),
        )
    with acting_as(city.scope):
        check = draw_spot_check(replace(asked, size=13), actor=city)
    with acting_as(cast.county_441802.scope):
        assert not SpotCheck.objects.exists()
        assert not SpotCheckItem.objects.exists()
    with acting_as(city.scope):
        for item in list_of(check, scoped=True):
            judge_record(item, actor=city, finding=Finding.WRONG, evidence="电话核实")
        publish_spot_check(check, actor=city)
    with acting_as(cast.county_441802.scope):
        read = SpotCheck.objects.get()
        assert (read.committee_name, read.wrong_count, read.size) == (check.committee_name, 13, 13)
        assert sorted(sample(read)) == frame
        assert SpotCheckItem.objects.filter(pk__in=[i.pk for i in read.items.all()]).count() == 12
        assert not SpotCheckItem.objects.filter(pk__gt=0).update(finding="true")
        assert not SpotCheck.objects.filter(pk=read.pk).select_for_update().exists()
    with acting_as(cast.county_440606.scope):
        assert not SpotCheck.objects.exists()


def test_wrong_record_waits_until_it_is_voided_or_corrected(cast: Cast, frame: list[int]) -> None:
    city, county = cast.city_4418, cast.county_441802
    with acting_as(city.scope):
        check = drawn(city, cast, size=2)
        for item in list_of(check, scoped=True):
            judge_record(item, actor=city, finding=Finding.WRONG, evidence="电话核实")
        waiting = SpotCheckItem.objects.to_mend(city.committee.path)  # type: ignore[union-attr]
        assert not waiting.exists()
        publish_spot_check(check, actor=city)
        assert waiting.count() == 2
    with acting_as(county.scope):
        first, second = list_of(check, scoped=True)
        void_hours(ServiceRecord.objects.with_ids([first.record_id]), actor=county, reason="未到场")
    with acting_as(city.scope):
        assert [item.pk for item in waiting.all()] == [second.pk]


def test_seed_is_made_where_none_is_given(cast: Cast, frame: list[int]) -> None:
    actor = cast.city_4418
    with acting_as(actor.scope):
        assert len({drawn(actor, cast, seed="").seed for _each in range(3)}) == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 0}, "out_of_bounds"),
        ({"size": 501}, "out_of_bounds"),
        ({"last_day": date(2026, 4, 30)}, "backwards"),
        ({"first_day": date(2026, 5, 24), "last_day": date(2026, 5, 31)}, "empty_frame"),
        ({"title": " "}, "title_missing"),
    ],
)
def test_sample_that_cannot_be_is_refused(
    cast: Cast, frame: list[int], changes: dict[str, object], code: str
) -> None:
    actor = cast.county_441802
    asked: dict[str, Any] = {"title": "五月抽查", "size": 4, **MAY, **changes}
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        draw_spot_check(Draw(scope=cast.committee("441802"), **asked), actor=actor)
    assert refused.value.code == code


def test_nobody_draws_from_above_or_beside_or_without_the_right(
    cast: Cast, frame: list[int]
) -> None:
    for code in ("4418", "440606"):
        with acting_as(cast.county_441802.scope), pytest.raises(Refusal) as refused:
            asked = Draw(scope=cast.committee(code), title="抽查", size=1, **MAY)
            draw_spot_check(asked, actor=cast.county_441802)
        assert refused.value.code == "not_below"
    for actor in (cast.recorder_441802, cast.province_auditor):
        with acting_as(actor.scope), pytest.raises(PermissionDenied):
            drawn(actor, cast)


def test_who_entered_or_confirmed_does_not_judge(cast: Cast, frame: list[int]) -> None:
    actor = cast.county_441802
    with as_owner():
        ServiceRecord.objects.filter(pk__in=frame[:6]).update(confirmed_by=actor.user)
        ServiceRecord.objects.filter(pk__in=frame[6:]).update(recorded_by=actor.user)
    with acting_as(actor.scope):
        check = drawn(actor, cast, size=12)
    for item in list_of(check):
        with acting_as(actor.scope), pytest.raises(Refusal) as refused:
            judge_record(item, actor=actor, finding=Finding.TRUE, evidence="签到表")
        assert refused.value.code == "own_work"
    with acting_as(cast.city_4418.scope):
        judged = judge_record(
            list_of(check, scoped=True)[0],
            actor=cast.city_4418,
            finding=Finding.WRONG,
            evidence="电话核实",
        )
    assert (judged.finding, judged.judged_by_label) == ("wrong", cast.city_4418.label)


def test_who_had_a_hand_in_the_sheet_does_not_judge(cast: Cast, frame: list[int]) -> None:
    actor = cast.county_441802
    assert actor.user is not None
    with as_owner():
        HoursSheet.objects.filter(records__in=frame).update(hands=[actor.user.pk])
    with acting_as(actor.scope):
        item = list_of(drawn(actor, cast, size=1), scoped=True)[0]
        with pytest.raises(Refusal) as refused:
            judge_record(item, actor=actor, finding=Finding.TRUE, evidence="签到表")
    assert refused.value.code == "own_work"


def test_who_was_handed_the_account_by_the_enterer_does_not_judge(
    cast: Cast, frame: list[int]
) -> None:
    actor, enterer = cast.county_441802, cast.recorder_441802
    assert actor.user is not None
    with as_owner():
        ServiceRecord.objects.filter(pk__in=frame).update(recorded_by=enterer.user)
    actor.user.access_from, actor.user.access_from_at = enterer.user, timezone.now()
    with acting_as(actor.scope):
        item = list_of(drawn(actor, cast, size=1), scoped=True)[0]
        with pytest.raises(Refusal) as refused:
            judge_record(item, actor=actor, finding=Finding.TRUE, evidence="签到表")
        assert refused.value.code == "access_from_hand"
        actor.user.access_from_at = timezone.now() - timedelta(days=31)
        judged = judge_record(item, actor=actor, finding=Finding.TRUE, evidence="签到表")
    assert judged.finding == "true"


def list_of(check: SpotCheck, *, scoped: bool = False) -> list[SpotCheckItem]:
    if scoped:
        return list(check.items.order_by("position"))
    with as_owner():
        return list(check.items.order_by("position"))


def test_outcome_is_published_when_all_is_judged_and_then_stands(
    cast: Cast, frame: list[int]
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        check = drawn(actor, cast, size=2)
        first, second = list_of(check, scoped=True)
        judge_record(first, actor=actor, finding=Finding.TRUE, evidence="签到表")
        with pytest.raises(Refusal) as refused, transaction.atomic():
            publish_spot_check(check, actor=actor)
        assert refused.value.code == "not_finished"
        with pytest.raises(Refusal) as refused, transaction.atomic():
            judge_record(second, actor=actor, finding=Finding.UNCLEAR, evidence=" ")
        assert refused.value.code == "evidence_missing"
        judge_record(second, actor=actor, finding=Finding.UNCLEAR, evidence="联系不上")
        publish_spot_check(check, actor=actor)
        with pytest.raises(Refusal) as refused, transaction.atomic():
            judge_record(second, actor=actor, finding=Finding.TRUE, evidence="签到表")
        assert refused.value.code == "published"
        with pytest.raises(DatabaseError, match="published"), transaction.atomic():
            SpotCheckItem.objects.filter(pk=second.pk).update(finding="true")
        with pytest.raises(DatabaseError, match="published"), transaction.atomic():
            SpotCheck.objects.filter(pk=check.pk).update(published_at=None)
    with acting_as(cast.province_auditor.scope):
        assert SpotCheck.objects.get().items.tally() == {"true": 1, "unclear": 1}
    with acting_as(cast.county_440606.scope):
        assert not SpotCheck.objects.exists()

"""Totals equal a recount from scratch after any sequence of verbs and imports."""

from __future__ import annotations

from datetime import date, time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.hours.desk import enter
from tests.volunteers.totals.recount import (
    hours_from_records,
    kept_hours,
    kept_registry,
    registry_from_volunteers,
)
from tests.volunteers.workbooks import HOURS_HEADER, import_file, write_workbook
from volunteers.hours.domain import (
    Stretch,
    confirm_hours,
    correct_hours,
    void_hours,
    withdraw_confirmation,
)
from volunteers.hours.models import ServiceKind, ServiceRecord
from volunteers.registry.models import Volunteer
from volunteers.totals.domain import recount_dirty_months

DAYS = st.dates(date(2026, 4, 1), date(2026, 6, 30))
PEOPLE = st.integers(0, 2)
HEADS = st.sampled_from(["county-441802", "city-4418"])
SEQUENCES = count(300)


class Ledger(RuleBasedStateMachine):
    """Three people, two of whom serve in the same county; four verbs and the import."""

    cast: ClassVar[Cast]

    @initialize()
    def people_register(self) -> None:
        with as_owner():
            self.numbers = [identity_number(next(SEQUENCES)) for _ in range(3)]
            places = ["441802009", "441802103", "441802009"]
            self.people: list[Volunteer] = [
                VolunteerFactory(committee=self.cast.committee(code), name=f"陈小{name}")
                for code, name in zip(places, "甲乙丙", strict=True)
            ]
            for person, number in zip(self.people, self.numbers, strict=True):
                VolunteerIdentityFactory(volunteer=person, number=number)

    @rule(person=PEOPLE, day=DAYS, start=st.integers(6, 18), length=st.integers(1, 3))
    def record(self, person: int, day: date, start: int, length: int) -> None:
        actor = self.cast.recorder_441802
        when = Stretch(served_on=day, start=time(start), end=time(start + length))
        with acting_as(actor.scope):
            try:
                enter(actor, self.people[person], when)
            except Refusal:
                return

    @rule(
        rows=st.lists(st.tuples(PEOPLE, DAYS, st.integers(6, 18)), min_size=1, max_size=4),
        activity=st.sampled_from(["敬老院探访", "河小青巡河护水", "文明交通劝导"]),
    )
    def import_sheet(self, rows: list[tuple[int, date, int]], activity: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "hours.xlsx"
            write_workbook(
                path,
                HOURS_HEADER,
                [
                    (
                        self.people[person].name,
                        self.numbers[person],
                        activity,
                        f"{day:%Y-%m-%d}",
                        f"{start:02d}:00",
                        f"{start + 1:02d}:00",
                        "1",
                        "",
                    )
                    for person, day, start in rows
                ],
            )
            import_file(
                "hours",
                path,
                committee=self.cast.committee("441802"),
                actor=self.cast.recorder_441802,
            )

    @rule(share=st.integers(1, 3), who=HEADS)
    def confirm(self, share: int, who: str) -> None:
        self._each(share, who, lambda records, actor: confirm_hours(records, actor=actor))

    @rule(share=st.integers(1, 3), who=HEADS)
    def withdraw(self, share: int, who: str) -> None:
        self._each(
            share,
            who,
            lambda records, actor: withdraw_confirmation(records, actor=actor, reason="误点"),
        )

    @rule(share=st.integers(2, 4), who=HEADS)
    def void(self, share: int, who: str) -> None:
        self._each(
            share, who, lambda records, actor: void_hours(records, actor=actor, reason="重复")
        )

    @rule(who=HEADS, day=DAYS, kind=st.sampled_from(ServiceKind))
    def correct(self, who: str, day: date, kind: ServiceKind) -> None:
        actor = self.cast.actor(who)
        with acting_as(actor.scope):
            record = ServiceRecord.objects.confirmed().order_by("pk").first()
            if record is None:
                return
            try:
                correct_hours(
                    record,
                    actor=actor,
                    reason="日期有误",
                    activity_title=record.activity_title,
                    when=Stretch(served_on=day, start=time(20), end=time(21)),
                    kind=kind,
                )
            except Refusal:
                return

    @rule()
    def totals_follow(self) -> None:
        recount_dirty_months()
        assert kept_hours() == hours_from_records()
        assert kept_registry() == registry_from_volunteers()

    def teardown(self) -> None:
        self.totals_follow()

    def _each(self, share: int, who: str, verb: object) -> None:
        """Applies a verb to every ``share``-th record in reach."""
        actor = self.cast.actor(who)
        assert callable(verb)
        with acting_as(actor.scope):
            ids = list(ServiceRecord.objects.values_list("pk", flat=True).order_by("pk"))[::share]
            try:
                verb(ServiceRecord.objects.with_ids(ids), actor)
            except Refusal:
                return


def _run(cast: Cast) -> None:
    Ledger.cast = cast
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_totals_follow_any_sequence_of_verbs_and_imports(cast: Cast) -> None:
    _run(cast)


def test_sequences_notice_a_missing_mark(cast: Cast) -> None:
    """The negative control: confirming no longer marks the month."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE volunteers_servicerecord DISABLE TRIGGER mark_hours_update")
    with pytest.raises(AssertionError):
        _run(cast)

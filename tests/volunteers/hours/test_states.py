"""Random sequences of verbs against a model that a reader can check by eye."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from itertools import count
from typing import ClassVar

from django.apps import apps
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.hours.desk import DAY, enter
from volunteers.hours.domain import (
    Stretch,
    confirm_hours,
    correct_hours,
    return_sheet,
    submit_hours,
    void_hours,
    withdraw_confirmation,
)
from volunteers.hours.models import ServiceKind, ServiceRecord
from volunteers.registry.models import Volunteer

HOURS = st.integers(6, 12)
ENTERERS = st.sampled_from(["county-441802-recorder", "county-441802"])
PAPERS = count(1)
HEADS = st.sampled_from(["county-441802", "city-4418"])


@dataclass
class Expected:
    """What a record must be."""

    state: str
    start: int
    length: int
    entered_by: str
    sheet: int
    confirmed_by: str = ""

    def overlaps(self, start: int, length: int) -> bool:
        return (
            self.state != "void"
            and start < self.start + self.length
            and self.start < start + length
        )


def hours(start: int, length: int) -> Stretch:
    return Stretch(served_on=DAY, start=time(start), end=time(start + length))


class Desk(RuleBasedStateMachine):
    """Two enter, two confirm, about one volunteer's day."""

    cast: ClassVar[Cast]
    records = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self.expected: dict[int, Expected] = {}
        self.volunteer: Volunteer

    @initialize()
    def someone_serves(self) -> None:
        # Sheets are shared by evidence; each run has its own.
        self.paper = f"签到表 {next(PAPERS)}"
        with as_owner():
            self.volunteer = VolunteerFactory(committee=self.cast.committee("441802009"))

    @rule(target=records, who=ENTERERS, start=HOURS, length=st.integers(1, 3), draft=st.booleans())
    def record(self, who: str, start: int, length: int, draft: bool) -> object:
        actor = self.cast.actor(who)
        with acting_as(actor.scope):
            try:
                made = enter(
                    actor, self.volunteer, hours(start, length), evidence=self.paper, draft=draft
                )
            except Refusal:
                assert self._taken(start, length)
                return multiple()
        assert not self._taken(start, length)
        state = "draft" if draft else "submitted"
        self.expected[made.pk] = Expected(state, start, length, who, made.sheet_id)
        return made.pk

    @rule(chosen=st.lists(records, min_size=1, max_size=4), who=ENTERERS)
    def submit(self, chosen: list[int], who: str) -> None:
        passing = [pk for pk in set(chosen) if self.expected[pk].state == "draft"]
        assert self._count(chosen, submit_hours, who) == len(passing)
        for pk in passing:
            self.expected[pk].state = "submitted"

    @rule(chosen=st.lists(records, min_size=1, max_size=4), who=HEADS)
    def confirm(self, chosen: list[int], who: str) -> None:
        passing = [
            pk
            for pk in set(chosen)
            if self.expected[pk].state == "submitted" and self.expected[pk].entered_by != who
        ]
        assert self._count(chosen, confirm_hours, who) == len(passing)
        for pk in passing:
            self.expected[pk].state, self.expected[pk].confirmed_by = "confirmed", who

    @rule(chosen=st.lists(records, min_size=1, max_size=4), who=HEADS)
    def withdraw(self, chosen: list[int], who: str) -> None:
        passing = [
            pk
            for pk in set(chosen)
            if self.expected[pk].state == "confirmed" and self.expected[pk].confirmed_by == who
        ]
        assert self._count(chosen, withdraw_confirmation, who, reason="误点") == len(passing)
        for pk in passing:
            self.expected[pk].state, self.expected[pk].confirmed_by = "submitted", ""

    @rule(chosen=st.lists(records, min_size=1, max_size=4), who=HEADS)
    def void(self, chosen: list[int], who: str) -> None:
        passing = [pk for pk in set(chosen) if self.expected[pk].state != "void"]
        assert self._count(chosen, void_hours, who, reason="重复") == len(passing)
        for pk in passing:
            self.expected[pk].state = "void"

    @rule(pk=records, who=HEADS)
    def send_back(self, pk: int, who: str) -> None:
        actor, sheet = self.cast.actor(who), self.expected[pk].sheet
        waiting = [
            each
            for each in self.expected.values()
            if each.sheet == sheet and each.state == "submitted"
        ]
        with acting_as(actor.scope):
            record = ServiceRecord.objects.select_related("sheet").get(pk=pk)
            try:
                count = return_sheet(record.sheet, actor=actor, reason="缺页").count
            except Refusal:
                count = 0
        assert count == len(waiting)
        for each in waiting:
            each.state = "draft"

    @rule(target=records, pk=records, who=HEADS, start=HOURS, length=st.integers(1, 3))
    def correct(self, pk: int, who: str, start: int, length: int) -> object:
        actor, old = self.cast.actor(who), self.expected[pk]
        stands = old.state in {"submitted", "confirmed"}
        free = not any(
            each.overlaps(start, length) for key, each in self.expected.items() if key != pk
        )
        with acting_as(actor.scope):
            try:
                new = correct_hours(
                    ServiceRecord.objects.get(pk=pk),
                    actor=actor,
                    reason=self.paper,
                    activity_title="敬老院探访",
                    when=hours(start, length),
                    kind=ServiceKind.ELDERLY,
                )
            except Refusal:
                assert not (stands and free)
                return multiple()
        assert stands
        assert free
        old.state = "void"
        self.expected[new.pk] = Expected("submitted", start, length, who, new.sheet_id)
        return new.pk

    @invariant()
    def database_agrees(self) -> None:
        with acting_as(self.cast.province.scope):
            last = self._last_states()
            rows = ServiceRecord.objects.filter(pk__in=self.expected)
            found = {
                pk: (state, minutes, entered, confirmed or "")
                for pk, state, minutes, entered, confirmed in rows.values_list(
                    "pk",
                    "state",
                    "minutes",
                    "recorded_by__username",
                    "confirmed_by__username",
                )
            }
        for pk, each in self.expected.items():
            state, minutes, _entered, _confirmed = found[pk]
            assert (state, minutes) == (each.state, each.length * 60)
            assert last[pk] == each.state

    def _last_states(self) -> dict[int, str]:
        """What the history says of each record last."""
        history = apps.get_model("volunteers", "ServiceRecordHistory")
        events = history._default_manager.filter(pgh_obj_id__in=self.expected)
        return dict(events.order_by("pgh_id").values_list("pgh_obj_id", "state"))

    def _taken(self, start: int, length: int) -> bool:
        return any(each.overlaps(start, length) for each in self.expected.values())

    def _count(self, chosen: list[int], verb: object, who: str, **arguments: str) -> int:
        actor: Actor = self.cast.actor(who)
        assert callable(verb)
        with acting_as(actor.scope):
            try:
                result = verb(
                    ServiceRecord.objects.with_ids(sorted(set(chosen))), actor=actor, **arguments
                )
            except Refusal:
                return 0
        return int(result.count)


def test_any_sequence_of_verbs_leaves_what_the_model_says(cast: Cast) -> None:
    Desk.cast = cast
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

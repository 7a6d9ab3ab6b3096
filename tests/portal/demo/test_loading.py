"""The demonstration's real input: the main job from end to end."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from core.tenancy.scope import Scope, acting_as
from organizations.accounts.models import Membership, User
from organizations.accounts.scopes import actor_for_membership_id
from organizations.committees.models import Committee
from organizations.leaders.models import Leadership
from organizations.ledger.queries import coverage
from portal.demo.cast import MEMBERS, demo_password
from portal.demo.loading import load_real_input
from tests.volunteers.workbooks import expected_faults
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.imports.models import ImportRun
from volunteers.registry.models import Volunteer
from volunteers.teams.models import TeamMember

_MONTH = {"roster": "", "hours": "-2026-05"}
JOB = Scope.for_job("test")


def _counts() -> dict[str, int]:
    with acting_as(JOB):
        records = ServiceRecord.objects
        return {
            "committees": Committee.objects.count(),
            "volunteers": Volunteer.objects.count(),
            "records": records.count(),
            "waiting": records.filter(state=RecordState.SUBMITTED).count(),
            "imports": ImportRun.objects.count(),
            "rows to mend": sum(ImportRun.objects.values_list("refused", flat=True)),
        }


def _refused(kind: str) -> int:
    """Rows of both counties' workbooks that must not be taken."""
    return sum(
        len(expected_faults(name))
        for name in (f"{kind}-441802{_MONTH[kind]}.xlsx", f"{kind}-440606{_MONTH[kind]}.xlsx")
    )


@pytest.fixture
def loaded(db: None) -> None:
    load_real_input(OutputWrapper(StringIO()))


def test_real_input_is_loaded_and_again_changes_nothing(loaded: None) -> None:
    first = _counts()
    assert first["committees"] == 1901
    assert first["volunteers"] == 408 + 150 - _refused("roster")
    assert first["records"] == 1200 + 300 - _refused("hours")
    assert first["imports"] == 5
    assert first["rows to mend"] == _refused("roster") + _refused("hours")
    assert 0 < first["waiting"] < first["records"]
    load_real_input(OutputWrapper(StringIO()))
    assert _counts() == first


def test_province_sees_the_ledgers_coverage(loaded: None) -> None:
    with acting_as(JOB):
        membership = Membership.objects.get(user__username="province")
    actor = actor_for_membership_id(membership.pk)
    with acting_as(actor.scope):
        figures = coverage(path=actor.scope.committee, on=date(2026, 11, 1))
    assert (figures.counties, figures.established, figures.standardised) == (122, 106, 84)


def test_every_login_of_the_table_has_its_password(loaded: None) -> None:
    for username in (*(login.username for login in MEMBERS), "volunteer"):
        assert User.objects.get(username=username).check_password(demo_password())


def test_the_volunteer_has_hours(loaded: None) -> None:
    account = User.objects.get(username="volunteer")
    with acting_as(JOB):
        assert ServiceRecord.objects.confirmed().filter(volunteer=account.volunteer_id).count() > 1


def test_the_volunteer_leads_a_team_with_two_groups(loaded: None) -> None:
    with acting_as(JOB):
        account = User.objects.get(username="volunteer")
        (led,) = Leadership.objects.standing_for(account.volunteer_id)
        sizes = TeamMember.objects.of_team(led.organization_id).group_sizes()
    assert sizes == {"": 1, "巡河": 4, "急救": 4}

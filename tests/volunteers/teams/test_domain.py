"""Members of teams: who is taken in, once; who sees them; how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.factories.ledger import OrganizationFactory
from tests.volunteers.signups.arranging import another
from volunteers.privacy.domain.parts import parts_of_copy
from volunteers.registry.models import Volunteer
from volunteers.teams.domain import change_member, end_membership, leave_team, take_in
from volunteers.teams.models import TeamMember, TeamRole

pytestmark = pytest.mark.django_db


def a_team(cast: Cast, code: str = "441802", **fields: Any) -> Organization:
    with as_owner():
        return OrganizationFactory.create(committee=cast.committee(code), **fields)


def a_person(cast: Cast, code: str = "441802009", **fields: Any) -> Volunteer:
    with as_owner():
        made: Volunteer = VolunteerFactory(committee=cast.committee(code), **fields)
    return made


def take(cast: Cast, team: Organization, *entries: str, **given: Any) -> list[TeamMember]:
    actor = given.pop("actor", cast.recorder_441802)
    with acting_as(actor.scope):
        return take_in(team, entries, actor=actor, **given)


def refused(verb: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as said:
        verb()
    return said.value.code


def standing(team: Organization) -> list[tuple[str, str, str]]:
    with as_owner():
        rows = TeamMember.objects.of_team(team.pk).order_by("pk")
        return list(rows.values_list("volunteer_name", "role", "group"))


def own_number(cast: Cast) -> str:
    return cast.volunteer.number


def test_several_are_taken_in_and_regrouped_at_once(cast: Cast) -> None:
    team = a_team(cast)
    first = a_person(cast, name="甲一")
    a_person(cast, name="乙二")
    take(cast, team, first.number, role=TeamRole.LEADER)
    new = take(cast, team, "甲一", "乙二", "乙二", group="急救")
    assert [each.volunteer_name for each in new] == ["乙二"]
    assert standing(team) == [("甲一", "leader", "急救"), ("乙二", "member", "急救")]
    take(cast, team, "甲一", "乙二")
    assert standing(team) == [("甲一", "leader", "急救"), ("乙二", "member", "急救")]
    with acting_as(cast.county_441802.scope):
        assert TeamMember.objects.of_team(team.pk).group_sizes() == {"急救": 2}


def test_all_or_none_are_taken_in(cast: Cast) -> None:
    team = a_team(cast)
    good = a_person(cast)
    for bad in ("无此人", a_person(cast, code="440606103").number):
        assert refused(partial(take, cast, team, good.number, bad)) == "unknown"
    a_person(cast, name="同名")
    a_person(cast, name="同名")
    assert refused(lambda: take(cast, team, good.number, "同名")) == "several"
    assert refused(lambda: take(cast, team)) == "entries"
    assert refused(lambda: take(cast, team, good.number, group="长" * 31)) == "group_too_long"
    assert standing(team) == []


def test_closed_organisation_takes_nobody_in(cast: Cast) -> None:
    team = a_team(cast, closed_on=date(2026, 1, 1))
    assert refused(lambda: take(cast, team, own_number(cast))) == "closed"


def test_auditor_takes_nobody_in(cast: Cast) -> None:
    team = a_team(cast)
    with pytest.raises(PermissionDenied):
        take(cast, team, own_number(cast), actor=cast.province_auditor)


def test_database_lets_one_membership_stand(cast: Cast) -> None:
    team = a_team(cast)
    (member,) = take(cast, team, own_number(cast))
    with as_owner():
        member.pk = None
        with pytest.raises(IntegrityError, match="teammember_stands_once"), transaction.atomic():
            member.save(force_insert=True)
        TeamMember.objects.update(ended_at=timezone.now())
        member.save(force_insert=True)
    assert len(standing(team)) == 1


def test_change_and_end(cast: Cast) -> None:
    team, actor = a_team(cast), cast.recorder_441802
    (member,) = take(cast, team, own_number(cast))
    with acting_as(actor.scope):
        change_member(member, actor=actor, role=TeamRole.DEPUTY, group=" 宣讲 ")
    assert [row[1:] for row in standing(team)] == [("deputy", "宣讲")]
    with acting_as(actor.scope):
        assert refused(lambda: end_membership(member, actor=actor, reason=" ")) == "reason_missing"
        end_membership(member, actor=actor, reason="搬走了")
        assert refused(lambda: end_membership(member, actor=actor, reason="再来")) == "ended"
    assert standing(team) == []


def test_volunteer_leaves_and_does_not_come_back_alone(cast: Cast) -> None:
    team, person = a_team(cast), cast.person
    (member,) = take(cast, team, own_number(cast))
    with acting_as(person.scope):
        mine = TeamMember.objects.of_person(person.scope.volunteer).get()
        leave_team(mine, actor=person)
        assert TeamMember.objects.filter(pk=member.pk).update(ended_at=None) == 0
    assert standing(team) == []


def test_volunteer_gives_oneself_no_role(cast: Cast) -> None:
    take(cast, a_team(cast), own_number(cast))
    with pytest.raises(ProgrammingError, match="denied"), acting_as(cast.person.scope):
        TeamMember.objects.update(role="leader")


def test_nobody_sees_other_peoples_or_other_committees_members(cast: Cast) -> None:
    team, other = a_team(cast), another(cast)
    (member,) = take(cast, team, own_number(cast))
    seen: list[tuple[Actor, bool]] = [
        (cast.person, True),
        (other, False),
        (cast.city_4418, True),
        (cast.county_440606, False),
    ]
    for actor, sees in seen:
        with acting_as(actor.scope):
            assert TeamMember.objects.filter(pk=member.pk).exists() is sees


def test_database_refuses_a_team_of_another_committee_and_people_out_of_reach(cast: Cast) -> None:
    mine, theirs = a_team(cast), a_team(cast, code="440606")
    away = a_person(cast, code="440606103")
    own = cast.committee("441802").path
    for team, person in [(theirs, cast.volunteer), (mine, away)]:
        with (
            pytest.raises(ProgrammingError, match="row-level"),
            acting_as(cast.recorder_441802.scope),
        ):
            TeamMember.objects.create(
                committee_id=own,
                organization=team,
                volunteer=person,
                joined_at=timezone.now(),
            )


@pytest.mark.parametrize(("state", "left"), [("withdrawn", 1), ("paused", 0), ("erased", 1)])
def test_who_leaves_the_portal_leaves_the_teams(cast: Cast, state: str, left: int) -> None:
    team = a_team(cast)
    take(cast, team, own_number(cast))
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(state=state)
    assert len(standing(team)) == 1 - left


def test_copy_of_own_data_holds_teams(cast: Cast) -> None:
    team = a_team(cast)
    take(cast, team, own_number(cast), group="急救")
    (part,) = (each for each in parts_of_copy() if each.key == "teams")
    with acting_as(cast.person.scope):
        (row,) = part.rows(Volunteer.objects.get())
    assert (row["team"], row["group"]) == (team.name, "急救")

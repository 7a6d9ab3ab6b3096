"""Leaders: who is one, what they reach, and members who are signed up together or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import ScopeRefused, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import AS_LEADER, Actor
from organizations.leaders.models import Leadership
from organizations.ledger.models import Organization
from tests.cast import Cast, leader_of, log_in
from tests.database import as_owner
from tests.factories import OrganizationFactory, VolunteerFactory
from tests.volunteers.activities.test_views import CREATE, TYPED
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.leading.domain import sign_up_members
from volunteers.own.summary import news_of
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import sign_up, withdraw
from volunteers.signups.models import SignUp
from volunteers.teams.domain import change_member, end_membership
from volunteers.teams.models import TeamMember, TeamRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(cast: Cast) -> Organization:
    with as_owner():
        organization: Organization = OrganizationFactory(committee=cast.committee("441802"))
        return organization


@pytest.fixture
def leader(team: Organization) -> Actor:
    with as_owner():
        return leader_of(team)


def joins(team: Organization, person: Volunteer, group: str = "") -> TeamMember:
    with as_owner():
        return TeamMember.objects.create(
            committee_id=team.committee_id,
            organization=team,
            volunteer=person,
            volunteer_name=person.name,
            volunteer_number=person.number,
            group=group,
            joined_at=timezone.now(),
            added_by_label="录入",
        )


def members(cast: Cast, team: Organization, *names: str, **fields: Any) -> list[TeamMember]:
    with as_owner():
        home = cast.committee("441802009")
        people = [VolunteerFactory(committee=home, name=name, **fields) for name in names]
    return [joins(team, person) for person in people]


def brings(leader: Actor, shift: Shift, *chosen: TeamMember) -> list[SignUp]:
    with acting_as(leader.scope):
        found = Shift.objects.get(pk=shift.pk)
        return sign_up_members(found, actor=leader, members=[each.pk for each in chosen])


def refused(leader: Actor, shift: Shift, *chosen: TeamMember) -> Refusal:
    with pytest.raises(Refusal) as said:
        brings(leader, shift, *chosen)
    return said.value


def placed(shift: Shift) -> list[str]:
    with as_owner():
        rows = SignUp.objects.filter(shift=shift, state="placed").order_by("pk")
        return list(rows.values_list("volunteer_name", flat=True))


def test_members_get_places_together_and_each_reads_who_did_it(
    cast: Cast, team: Organization, leader: Actor
) -> None:
    shift = call(cast, places=3)
    joins(team, cast.volunteer)
    (mine,) = [each for each in teams_rows(team) if each.volunteer_id == cast.volunteer.pk]
    others = members(cast, team, "甲一", "乙二")
    made = brings(leader, shift, mine, *others)
    assert placed(shift) == [cast.volunteer.name, "甲一", "乙二"]
    assert {each.team_id for each in made} == {team.pk}
    with acting_as(cast.person.scope):
        (news,) = news_of(cast.volunteer.pk)
        assert leader.label in news.detail
        signup = SignUp.objects.with_calls().get()
        withdraw(signup, actor=cast.person)
    assert placed(shift) == ["甲一", "乙二"]


def teams_rows(team: Organization) -> list[TeamMember]:
    with as_owner():
        return list(TeamMember.objects.of_team(team.pk))


def test_nobody_has_a_place_where_one_does_not_fit(
    cast: Cast, team: Organization, leader: Actor
) -> None:
    shift = call(cast, places=5, youngest=18)
    fit = members(cast, team, "甲一", "乙二")
    day = timezone.localdate() - timedelta(days=365 * 17)
    young = members(cast, team, "丙三", birth_date=day, guardian_consent_on=timezone.localdate())
    said = refused(leader, shift, *fit, *young)
    assert said.code == "too_young"
    assert "丙三" in str(said)
    assert placed(shift) == []


def test_nobody_has_a_place_where_there_are_too_few(
    cast: Cast, team: Organization, leader: Actor
) -> None:
    shift = call(cast, places=2, reserve=5)
    assert refused(leader, shift, *members(cast, team, "甲一", "乙二", "丙三")).code == "too_few"
    assert placed(shift) == []
    with as_owner():
        assert not SignUp.objects.exists(), "nobody waits either"


def test_who_is_no_member_or_has_left_is_nobody_to_bring(
    cast: Cast, team: Organization, leader: Actor
) -> None:
    shift = call(cast, places=5)
    with as_owner():
        elsewhere: Organization = OrganizationFactory(committee=cast.committee("441802"))
    (stranger,) = members(cast, elsewhere, "丁四")
    (gone,) = members(cast, team, "戊五")
    with as_owner():
        TeamMember.objects.filter(pk=gone.pk).update(ended_at=timezone.now())
    for other in (stranger, gone):
        assert refused(leader, shift, other).code == "no_member"
    # The proof of the turn, asked of the database past the verb's own question.
    assert leader.leadership is not None
    with acting_as(leader.scope), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for other in (stranger, gone):
            cursor.execute(
                "SELECT volunteers_leads(%s, %s, %s)",
                [leader.leadership.pk, leader.scope.user, other.volunteer_id],
            )
            assert cursor.fetchone() == (False,)


def test_leadership_follows_the_membership(cast: Cast, team: Organization, leader: Actor) -> None:
    officer = cast.county_441802
    (member,) = [each for each in teams_rows(team) if each.role == TeamRole.LEADER]
    with acting_as(officer.scope):
        change_member(member, actor=officer, role=TeamRole.MEMBER, group="")
    with pytest.raises(ScopeRefused), acting_as(leader.scope):
        pass
    with acting_as(officer.scope):
        change_member(member, actor=officer, role=TeamRole.LEADER, group="")
    with as_owner():
        assert Leadership.objects.count() == 2
        (again,) = Leadership.objects.standing_for(member.volunteer_id)
    with acting_as(officer.scope):
        end_membership(member, actor=officer, reason="换届")
    with as_owner():
        again.refresh_from_db()
    assert again.ended_at is not None


def test_leadership_goes_with_a_membership_that_a_merge_moves(
    cast: Cast, team: Organization, leader: Actor
) -> None:
    (member,) = teams_rows(team)
    with as_owner():
        TeamMember.objects.filter(pk=member.pk).update(volunteer=cast.volunteer)
        assert not Leadership.objects.standing_for(member.volunteer_id).exists()
        assert Leadership.objects.standing_for(cast.volunteer.pk).exists()
    with pytest.raises(ScopeRefused), acting_as(leader.scope):
        pass


def test_leader_reads_the_own_team_and_its_calls_and_no_more(
    cast: Cast, team: Organization, leader: Actor
) -> None:
    ours = call(cast, organization=team, invited="organization", visibility="invited")
    everybodys = call(cast)
    with as_owner():
        other: Organization = OrganizationFactory(committee=cast.committee("441802"))
    theirs = call(cast, organization=other, invited="organization", visibility="invited")
    draft = call(cast, organization=team, state="draft", reviewed_at=None)
    members(cast, other, "丁四")
    with acting_as(cast.person.scope):
        sign_up(Shift.objects.get(pk=everybodys.pk), actor=cast.person)
    with acting_as(leader.scope):
        shifts = set(Shift.objects.values_list("pk", flat=True))
        assert shifts == {ours.pk, everybodys.pk}
        assert {theirs.pk, draft.pk} & shifts == set()
        assert set(TeamMember.objects.values_list("organization", flat=True)) == {team.pk}
        assert not SignUp.objects.exists(), "who comes to others' calls is not told"
    client = log_in(Client(), leader)
    for page in ("leading:home", "leading:member-list"):
        assert client.get(reverse(page)).status_code == 200
    assert client.get(reverse("leading:shift-detail", args=[theirs.pk])).status_code == 404


def test_call_for_a_team_or_a_group_is_for_its_members(cast: Cast, team: Organization) -> None:
    member, in_group, stranger = (another(cast) for _ in range(3))
    for person, group in ((member, ""), (in_group, "急救")):
        with as_owner():
            volunteer = Volunteer.objects.get(pk=person.scope.volunteer or 0)
        joins(team, volunteer, group)
    for_team = call(cast, organization=team, invited="organization", visibility="invited", places=9)
    for_group = call(
        cast,
        organization=team,
        invited="group",
        invited_group="急救",
        visibility="invited",
        places=9,
        days=9,
    )
    public = call(cast, organization=team, invited="organization", places=9, days=20)
    sees = {
        member.scope.volunteer: {for_team.pk, public.pk},
        in_group.scope.volunteer: {for_team.pk, for_group.pk, public.pk},
        stranger.scope.volunteer: {public.pk},
    }
    for person in (member, in_group, stranger):
        with acting_as(person.scope):
            shown = set(Shift.objects.values_list("pk", flat=True))
            assert shown == sees[person.scope.volunteer]
    with acting_as(stranger.scope), pytest.raises(Refusal) as said:
        sign_up(Shift.objects.get(pk=public.pk), actor=stranger)
    assert said.value.code == "not_invited"
    assert team.name in str(said.value)
    with acting_as(member.scope):
        assert sign_up(Shift.objects.get(pk=public.pk), actor=member).state == "placed"


def test_team_is_written_by_its_leader_only(cast: Cast, team: Organization) -> None:
    """A volunteer may not say to be signed up with a team of others."""
    shift = call(cast)
    with acting_as(cast.person.scope), pytest.raises(Exception, match="row-level security"):
        sign_up(Shift.objects.get(pk=shift.pk), actor=cast.person, team=team.pk)


def test_leader_is_none_for_the_offices(cast: Cast, leader: Actor, client: Client) -> None:
    log_in(client, leader)
    for page in ("registry:volunteer-list", "activities:activity-list", "own:home"):
        assert client.get(reverse(page)).status_code == 403
    shift = call(cast)
    with acting_as(cast.person.scope), pytest.raises(PermissionDenied):
        sign_up_members(shift, actor=cast.person, members=[1])


def test_volunteer_turns_to_the_team_and_back(
    cast: Cast, team: Organization, leader: Actor, client: Client
) -> None:
    assert leader.user is not None
    client.force_login(leader.user, backend="django.contrib.auth.backends.ModelBackend")
    mine = client.get(reverse("teams:own-teams")).text
    assert leader.leadership is not None
    value = f"{AS_LEADER}{leader.leadership.pk}"
    assert f'value="{value}"' in mine
    switch = reverse("accounts:membership-switch")
    client.post(switch, {"membership": value})
    assert client.get("/")["Location"] == reverse("leading:home")
    client.post(switch, {"membership": "volunteer"})
    assert client.get("/")["Location"] == reverse("own:home")
    # Somebody else's, and nonsense.
    log_in(client, cast.person)
    for wrong in (value, f"{AS_LEADER}x", AS_LEADER):
        client.post(switch, {"membership": wrong})
        assert client.get("/")["Location"] == reverse("own:home")


def test_page_signs_up_and_shows_again_what_was_chosen(
    cast: Cast, team: Organization, leader: Actor, client: Client
) -> None:
    shift = call(cast, places=2, organization=team)
    people = members(cast, team, "甲一", "乙二", "丙三")
    log_in(client, leader)
    page = reverse("leading:shift-detail", args=[shift.pk])
    address = reverse("leading:signup-create", args=[shift.pk])
    wrong = client.post(address, {"members": [each.pk for each in people]})
    assert wrong.status_code == 422
    assert wrong.text.count("checked") == 3
    assert client.post(address, {}).status_code == 422
    client.post(address, {"members": [each.pk for each in people[:2]]})
    shown = client.get(page)
    assert [row.volunteer_name for row in shown.context["rows"]] == ["甲一", "乙二"]
    left = [each.volunteer_name for _name, people in shown.context["groups"] for each in people]
    assert "丙三" in left
    assert "甲一" not in left


@pytest.mark.django_db(transaction=True)
def test_two_groups_at_once_on_three_places(cast: Cast, team: Organization, leader: Actor) -> None:
    shift = call(cast, places=3)
    groups = [members(cast, team, "甲一", "乙二"), members(cast, team, "丙三", "丁四")]

    def bring(group: list[TeamMember]) -> str:
        try:
            brings(leader, shift, *group)
        except Refusal as said:
            return said.code
        finally:
            connections.close_all()
        return "placed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(bring, groups)) == ["placed", "too_few"]
    assert len(placed(shift)) == 2


def test_call_names_its_organiser_and_whom_it_invites(
    cast: Cast, team: Organization, client: Client
) -> None:
    log_in(client, cast.recorder_441802)
    for_group = {**TYPED, "organization_id": team.pk, "invited": "group", "invited_group": "急救"}
    for wrong in (
        {**TYPED, "invited": "organization"},
        {**TYPED, "organization_id": team.pk, "invited": "organization"},
        for_group,
    ):
        assert client.post(CREATE, wrong).status_code == 422
    joins(team, cast.volunteer, "急救")
    page = client.post(CREATE, for_group)["Location"]
    assert team.name in client.get(page).text
    client.post(f"{page}edit/", {**TYPED, "organization_id": team.pk, "invited_group": "急救"})
    with as_owner():
        (activity,) = Activity.objects.all()
    assert (activity.organization_id, activity.invited, activity.invited_group) == (
        team.pk,
        "everybody",
        "",
    )

"""The pages of teams: the office's list, and the volunteer's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.volunteers.signups.arranging import another
from tests.volunteers.teams.test_domain import a_person, a_team, own_number, standing, take
from volunteers.teams.models import TeamRole

pytestmark = pytest.mark.django_db
OWN = reverse("teams:own-teams")


def test_office_takes_in_filters_changes_and_ends(cast: Cast, client: Client) -> None:
    team = a_team(cast)
    log_in(client, cast.recorder_441802)
    page = reverse("teams:team-detail", args=[team.pk])
    assert page in client.get(reverse("ledger:organization-detail", args=[team.pk])).text
    add = reverse("teams:member-add", args=[team.pk])
    wrong = client.post(add, {"entries": "无此人", "role": "member", "group": "急救"})
    assert wrong.status_code == 422
    assert "无此人" in wrong.text
    entries = f"{own_number(cast)}\n{a_person(cast, name='甲一').number}"
    assert client.post(add, {"entries": entries, "role": "member"})["Location"] == page
    member = client.get(page).context["rows"][0]
    change = reverse("teams:member-change", args=[member.pk])
    assert client.post(change, {"role": "leader", "group": "急救"})["Location"] == page
    shown = client.get(page, {"group": "急救"}).context
    assert [each.pk for each in shown["rows"]] == [member.pk]
    (groups,) = shown["filters"]
    assert [(each["count"], each["active"]) for each in groups["options"]] == [
        (2, False),
        (1, False),
        (1, True),
    ]
    end = reverse("teams:member-end", args=[member.pk])
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "搬走了"})["Location"] == page
    assert [name for name, _role, _group in standing(team)] == ["甲一"]
    log_in(client, cast.person)
    assert "搬走了" in client.get(OWN).text


def test_nobody_becomes_a_leader_unasked(cast: Cast, client: Client) -> None:
    team = a_team(cast)
    (member,) = take(cast, team, own_number(cast), role=TeamRole.DEPUTY)
    log_in(client, cast.recorder_441802)
    offered = client.get(reverse("teams:team-detail", args=[team.pk])).context["form"]
    assert offered["role"].value() == TeamRole.MEMBER
    kept = client.get(reverse("teams:member-change", args=[member.pk])).context["form"]
    assert kept["role"].value() == TeamRole.DEPUTY


def test_volunteer_sees_and_leaves_own_teams_only(cast: Cast, client: Client) -> None:
    team = a_team(cast)
    (member,) = take(cast, team, own_number(cast))
    leave = reverse("teams:own-leave", args=[member.pk])
    log_in(client, another(cast))
    assert client.post(leave).status_code == 404
    log_in(client, cast.person)
    assert leave in client.get(OWN).text
    assert client.post(leave)["Location"] == OWN
    assert leave not in client.get(OWN).text
    client.post(leave)
    assert standing(team) == []


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    team = a_team(cast)
    take(cast, team, own_number(cast))
    for _number in range(count - 1):
        take(cast, team, a_person(cast).number)
        take(cast, a_team(cast), own_number(cast))
    pages = [
        (cast.recorder_441802, reverse("teams:team-detail", args=[team.pk]), 9),
        (cast.person, OWN, 9),
    ]
    for actor, page, queries in pages:
        log_in(client, actor)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(page).context["rows"]) == count
        assert len(asked) == queries

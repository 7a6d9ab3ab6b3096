"""The page of rules: everybody reads it, the province's secretary sets them."""

from __future__ import annotations

import time_machine
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from organizations.accounts.actors import actor_of_membership
from organizations.rules.models import RuleValue
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory

RULES = reverse("rules:rule-list")
TYPED = {
    "rule": "signal-hours-of-a-day",
    "value": "6",
    "effective_from": "2026-05-02",
    "reason": "暑期试行",
}


def test_secretary_of_the_province_sets_a_rule_and_all_read_it(cast: Cast, client: Client) -> None:
    with as_owner():
        secretary = actor_of_membership(
            MembershipFactory(
                user=UserFactory(name="省书记"), committee=cast.committee("44"), role="secretary"
            )
        )
    with time_machine.travel("2026-05-01 12:00+08:00", tick=False):
        log_in(client, secretary)
        assert client.post(RULES, {**TYPED, "effective_from": "2026-05-01"}).status_code == 422
        assert client.post(RULES, {**TYPED, "rule": "nothing"}).status_code == 422
        assert client.post(RULES, TYPED)["Location"] == RULES
        log_in(client, cast.recorder_441802)
        page = client.get(RULES)
        assert "暑期试行" in page.content.decode()
        assert page.context["form"] is None
    with acting_as(secretary.scope):
        (row,) = RuleValue.objects.all()
    assert (row.value, row.set_by_label) == (6, secretary.label)


def test_others_read_rules_and_do_not_set_them(cast: Cast, client: Client) -> None:
    for actor in (cast.county_441802, cast.recorder_441802, cast.province):
        log_in(client, actor)
        assert client.get(RULES).status_code == 200
        assert client.post(RULES, TYPED).status_code == 403

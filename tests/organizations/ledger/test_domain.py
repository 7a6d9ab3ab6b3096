"""Single organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor
from organizations.ledger.domain import (
    amend_organization,
    close_organization,
    register_organization,
    standardise_organization,
    withdraw_standard,
)
from organizations.ledger.models import Organization, OrganizationKind
from organizations.ledger.queries import coverage
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import OrganizationFactory

TOMORROW = timezone.localdate() + timedelta(days=1)
FOUNDED = date(2015, 3, 5)
FACTS: dict[str, Any] = {
    "name": "清城区青年志愿者协会",
    "kind": OrganizationKind.ASSOCIATION,
    "founded_on": FOUNDED,
    "registered_with_civil_affairs": True,
    "responsible_person": "",
    "reported_volunteers": 120,
    "notes": "",
}
Verb = Callable[..., Organization]


@pytest.fixture
def organization(cast: Cast) -> Organization:
    with as_owner():
        found: Organization = OrganizationFactory(
            committee=cast.committee("441802"), founded_on=FOUNDED
        )
        return found


def refused(code: str, verb: Verb, *args: object, actor: Actor, **values: object) -> None:
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refusal:
            verb(*args, actor=actor, **values)
    assert refusal.value.code == code
    assert str(refusal.value)


def test_registered_organisation_stands_with_its_facts(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        made = register_organization(
            committee=cast.committee("441802"), actor=cast.county_441802, **FACTS
        )
        kept = Organization.objects.get(pk=made.pk)
    assert {name: getattr(kept, name) for name in FACTS} == FACTS


def test_registering_is_refused_outside_and_twice(cast: Cast, organization: Organization) -> None:
    actor = cast.county_441802
    refused(
        "outside", register_organization, actor=actor, committee=cast.committee("440606"), **FACTS
    )
    refused(
        "outside", register_organization, actor=actor, committee=cast.committee("4418"), **FACTS
    )
    committee = cast.committee("441802")
    same = {**FACTS, "name": organization.name}
    refused("duplicate_name", register_organization, actor=actor, committee=committee, **same)
    ahead = {**FACTS, "founded_on": TOMORROW}
    refused("future", register_organization, actor=actor, committee=committee, **ahead)


def test_city_registers_for_its_county(cast: Cast) -> None:
    with acting_as(cast.city_4418.scope):
        made = register_organization(
            committee=cast.committee("441802"), actor=cast.city_4418, **FACTS
        )
    assert made.committee_id == cast.committee("441802").path


def test_amending_writes_facts_and_keeps_history(cast: Cast, organization: Organization) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope, reason="核对"):
        amend_organization(organization, actor=actor, **FACTS)
    with as_owner():
        organization.refresh_from_db()
        rows = apps.get_model("organizations", "OrganizationHistory").objects.order_by("pgh_id")
        history = [row.name for row in rows.filter(pgh_obj_id=organization.pk)]
    assert organization.name == FACTS["name"]
    assert history[-1] == FACTS["name"]


def test_standard_begins_ends_and_is_not_given_twice(
    cast: Cast, organization: Organization
) -> None:
    actor = cast.county_441802
    refused(
        "before_founding", standardise_organization, organization, actor=actor, on=date(2014, 1, 1)
    )
    refused("future", standardise_organization, organization, actor=actor, on=TOMORROW)
    refused("not_standardised", withdraw_standard, organization, actor=actor, on=date(2022, 1, 1))
    with acting_as(actor.scope):
        standardise_organization(organization, actor=actor, on=date(2021, 4, 1))
    refused(
        "standardised", standardise_organization, organization, actor=actor, on=date(2022, 1, 1)
    )
    refused("too_early", withdraw_standard, organization, actor=actor, on=date(2021, 4, 1))
    with acting_as(actor.scope):
        ended = withdraw_standard(organization, actor=actor, on=date(2022, 1, 1))
    assert (ended.standardised_on, ended.standardised_until) == (date(2021, 4, 1), date(2022, 1, 1))


def test_standard_won_again_keeps_the_figures_of_before(
    cast: Cast, organization: Organization
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        standardise_organization(organization, actor=actor, on=date(2021, 4, 1))
        withdraw_standard(organization, actor=actor, on=date(2022, 1, 1))
    refused("too_early", standardise_organization, organization, actor=actor, on=date(2021, 6, 1))
    with acting_as(actor.scope):
        standardise_organization(organization, actor=actor, on=date(2024, 1, 1))
        for day, counts in (
            (date(2021, 3, 31), 0),
            (date(2021, 4, 1), 1),
            (date(2021, 12, 31), 1),
            (date(2022, 1, 1), 0),
            (date(2023, 12, 31), 0),
            (date(2024, 1, 1), 1),
        ):
            assert coverage(path=actor.scope.committee, on=day).standardised == counts
            assert Organization.objects.standardised_on_day(day).count() == counts


def test_closing_ends_it_once(cast: Cast, organization: Organization) -> None:
    actor = cast.county_441802
    refused("too_early", close_organization, organization, actor=actor, on=FOUNDED)
    refused("future", close_organization, organization, actor=actor, on=TOMORROW)
    with acting_as(actor.scope):
        assert close_organization(organization, actor=actor, on=date(2024, 1, 1)).closed_on
    refused("closed", close_organization, organization, actor=actor, on=date(2024, 2, 1))
    refused("closed", standardise_organization, organization, actor=actor, on=date(2024, 2, 1))


def test_founding_cannot_move_past_the_standard(cast: Cast, organization: Organization) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        standardise_organization(organization, actor=actor, on=date(2021, 4, 1))
    later = {**FACTS, "founded_on": date(2021, 5, 1)}
    refused("before_founding", amend_organization, organization, actor=actor, **later)


@pytest.mark.parametrize("role", [ActorRole.RECORDER, ActorRole.AUDITOR])
def test_only_heads_write(cast: Cast, organization: Organization, role: ActorRole) -> None:
    actor = replace(cast.county_441802, role=role)
    day = date(2021, 4, 1)
    with acting_as(actor.scope):
        for verb in (standardise_organization, close_organization, withdraw_standard):
            with pytest.raises(PermissionDenied):
                verb(organization, on=day, actor=actor)
        with pytest.raises(PermissionDenied):
            amend_organization(organization, actor=actor, **FACTS)
        with pytest.raises(PermissionDenied):
            register_organization(committee=cast.committee("441802"), actor=actor, **FACTS)


def test_other_county_does_not_find_it(cast: Cast, organization: Organization) -> None:
    actor = cast.county_440606
    with acting_as(actor.scope), pytest.raises(Organization.DoesNotExist):
        close_organization(organization, on=date(2024, 1, 1), actor=actor)

"""Coverage on any day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.committees.models import Committee
from organizations.ledger.queries import Coverage, coverage
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import OrganizationFactory
from tests.factories.committees import add_committee

Counted = Callable[[int], AbstractContextManager[object]]
TODAY = timezone.localdate()


def figures(found: Coverage) -> tuple[int, int, int]:
    return found.counties, found.established, found.standardised


def of(cast: Cast, code: str, on: date = TODAY) -> Coverage:
    with acting_as(cast.province.scope):
        return coverage(path=cast.committee(code).path, on=on)


def test_counties_without_organisations_are_counted(cast: Cast) -> None:
    found = of(cast, "44")
    assert figures(found) == (3, 0, 0)
    assert (found.established_rate, found.standardised_rate) == (0.0, 0.0)
    assert [(each.code, figures(each)) for each in found.children] == [
        ("4406", (1, 0, 0)),
        ("4418", (2, 0, 0)),
        ("4419", (0, 0, 0)),
    ]


def test_city_without_counties_has_no_rate(cast: Cast) -> None:
    city = of(cast, "4419")
    assert figures(city) == (0, 0, 0)
    assert (city.established_rate, city.standardised_rate) == (None, None)


def test_one_county_counts_once_however_many_organisations_it_has(cast: Cast) -> None:
    with as_owner():
        for standardised_on in (None, date(2022, 1, 1), date(2023, 1, 1)):
            OrganizationFactory(committee=cast.committee("441802"), standardised_on=standardised_on)
        OrganizationFactory(committee=cast.committee("440606"))
    found = of(cast, "44")
    assert figures(found) == (3, 2, 1)
    assert (found.established_rate, found.standardised_rate) == (0.6667, 0.3333)
    city = of(cast, "4418")
    assert [(each.code, figures(each)) for each in city.children] == [
        ("441802", (1, 1, 1)),
        ("441881", (1, 0, 0)),
    ]


def test_organisation_of_a_city_or_township_covers_no_county(cast: Cast) -> None:
    with as_owner():
        OrganizationFactory(committee=cast.committee("4418"))
        OrganizationFactory(committee=cast.committee("441802009"))
    assert figures(of(cast, "44")) == (3, 0, 0)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2019, 12, 31), (3, 0, 0)),
        (date(2020, 1, 1), (3, 1, 0)),
        (date(2021, 4, 1), (3, 1, 1)),
        (date(2022, 12, 31), (3, 1, 1)),
        (date(2023, 1, 1), (3, 1, 0)),
        (date(2024, 1, 1), (3, 0, 0)),
    ],
)
def test_each_day_has_its_own_figure(cast: Cast, on: date, expected: tuple[int, int, int]) -> None:
    with as_owner():
        OrganizationFactory(
            committee=cast.committee("441802"),
            founded_on=date(2020, 1, 1),
            standardised_on=date(2021, 4, 1),
            standardised_until=date(2023, 1, 1),
            closed_on=date(2024, 1, 1),
        )
    assert figures(of(cast, "44", on)) == expected


def test_county_counts_while_it_exists(cast: Cast) -> None:
    with as_owner():
        OrganizationFactory(committee=cast.committee("441881"))
        Committee.objects.filter(code="441881").update(closed_on=date(2024, 6, 1))
        add_committee(
            code="441899",
            name="新区",
            level="county",
            parent=cast.committee("4418"),
            opened_on=date(2024, 6, 1),
        )
    assert figures(of(cast, "4418", date(2024, 5, 31))) == (2, 1, 0)
    assert figures(of(cast, "4418", date(2024, 6, 1))) == (2, 0, 0)
    children = {each.code for each in of(cast, "4418", date(2024, 6, 1)).children}
    assert children == {"441802", "441899"}


def test_campus_at_the_level_of_counties_is_no_county(cast: Cast) -> None:
    with as_owner():
        campus = add_committee(
            code="4418C01",
            name="学院",
            level="county",
            parent=cast.committee("4418"),
            kind="campus",
        )
        OrganizationFactory(committee=campus)
    city = of(cast, "4418")
    assert figures(city) == (2, 0, 0)
    assert "4418C01" not in {each.code for each in city.children}


@pytest.mark.parametrize("organisations", [1, 3])
def test_coverage_takes_one_statement(
    cast: Cast, organisations: int, django_assert_num_queries: Counted
) -> None:
    with as_owner():
        OrganizationFactory.create_batch(organisations, committee=cast.committee("441802"))
    with acting_as(cast.province.scope), django_assert_num_queries(1):
        coverage(path=cast.committee("44").path, on=TODAY)


def test_county_sees_its_own_figures_and_no_others(cast: Cast) -> None:
    with as_owner():
        OrganizationFactory(committee=cast.committee("440606"))
    path = cast.committee("44").path
    with acting_as(cast.county_441802.scope):
        assert figures(coverage(path=cast.committee("441802").path, on=TODAY)) == (1, 0, 0)
        with pytest.raises(LookupError):
            coverage(path=cast.committee("440606").path, on=TODAY)
        with pytest.raises(LookupError):
            coverage(path="", on=TODAY)
        assert figures(coverage(path=path, on=TODAY)) == (1, 0, 0), "policies hide the others"
    with acting_as(cast.province.scope):
        assert figures(coverage(path=path, on=TODAY)) == (3, 1, 0), "the control: there is more"

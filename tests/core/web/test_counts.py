"""Counts as columns of one statement."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from pytest_django import DjangoAssertNumQueries

from core.web.counts import CountOf
from tests.database import as_owner


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (2, 2), (3, 3), (5, 3)])
def test_several_lists_are_counted_up_to_a_cap_in_one_statement(
    db: None, django_assert_num_queries: DjangoAssertNumQueries, rows: int, shown: int
) -> None:
    with as_owner():
        base = Group.objects.create(name="base")
        Group.objects.bulk_create(Group(name=f"counted-{number}") for number in range(rows))
        counted = Group.objects.filter(name__startswith="counted")
        with django_assert_num_queries(1):
            found = Group.objects.filter(pk=base.pk).values_list(
                CountOf(counted, cap=2), CountOf(counted.order_by("-name")), CountOf(counted.none())
            )
            assert found.get() == (shown, rows, 0)


def test_distinct_values_are_counted_once(db: None) -> None:
    with as_owner():
        one = Group.objects.create(name="one")
        Group.objects.bulk_create(Group(name=f"other-{number}") for number in range(2))
        values = Group.objects.values("permissions").distinct()
        assert Group.objects.filter(pk=one.pk).values_list(CountOf(values), flat=True).get() == 1

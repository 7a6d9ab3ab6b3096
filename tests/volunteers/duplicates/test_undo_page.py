"""The page on which a merge is undone."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from volunteers.duplicates.domain import merge_volunteers


def test_undo_without_a_reason_is_asked_for_it_where_it_is_typed(cast: Cast) -> None:
    secretary, township = cast.county_441802, cast.committee("441802009")
    with as_owner():
        survivor, merged = VolunteerFactory.create_batch(2, committee=township)
    with acting_as(secretary.scope):
        done = merge_volunteers(survivor, merged, actor=secretary, reason="两次登记")
    office = log_in(Client(), secretary)
    address = reverse("duplicates:merge-undo", args=[done.pk])
    asked = office.post(address, {"reason": "字" * 201})
    assert asked.status_code == 422
    assert asked.context["refused"].about == done.pk
    assert "字" * 201 in asked.content.decode()
    assert office.post(address, {"reason": "不是同一人"}).status_code == 302

"""The form by which one record is entered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.volunteers.hours.desk import enter, typed
from volunteers.hours.models import ServiceRecord


def test_form_enters_a_record_once(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    address, body = reverse("hours:record-create"), typed(cast.volunteer, minutes="1.5")
    first = client.post(address, body)
    again = client.post(address, body)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    with acting_as(cast.county_441802.scope):
        record = ServiceRecord.objects.get()
    assert (record.minutes, record.state, record.clock) == (90, "submitted", "14:00–16:00")


def test_form_keeps_activity_and_time_for_the_next_person(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    answer = client.post(
        reverse("hours:record-create"), typed(cast.volunteer, another="1"), follow=True
    )
    page = answer.content.decode()
    assert 'value="敬老院探访"' in page
    assert 'value="2026-05-16"' in page
    assert cast.volunteer.name in page, "the message says who was entered"
    assert f'value="{cast.volunteer.number}"' not in page


def test_form_keeps_a_draft(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    client.post(reverse("hours:record-create"), typed(cast.volunteer, draft="1"))
    with acting_as(cast.county_441802.scope):
        assert ServiceRecord.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"volunteer": "999999999"}, "volunteer"),
        ({"end": "13:00"}, "end"),
        ({"served_on": "2999-01-01"}, "served_on"),
        ({"minutes": "3"}, "minutes"),
        ({"evidence": ""}, "evidence"),
    ],
)
def test_form_shows_what_is_wrong_beside_the_field(
    cast: Cast, client: Client, changes: dict[str, str], field: str
) -> None:
    log_in(client, cast.recorder_441802)
    answer = client.post(reverse("hours:record-create"), typed(cast.volunteer, **changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="敬老院探访"' in answer.content.decode()


def test_form_names_what_overlaps(cast: Cast, client: Client) -> None:
    with acting_as(cast.recorder_441802.scope):
        enter(cast.recorder_441802, cast.volunteer)
    log_in(client, cast.recorder_441802)
    body = typed(cast.volunteer, start="15:00", end="17:00", activity_title="河小青")
    answer = client.post(reverse("hours:record-create"), body)
    (sentence,) = answer.context["form"].errors["start"]
    assert "敬老院探访" in sentence
    assert cast.volunteer.name in answer.content.decode()

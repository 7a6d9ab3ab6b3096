"""The pages of messages: the organiser's, and the volunteer's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.volunteers.notices.test_domain import ask, send
from tests.volunteers.signups.arranging import another, call

pytestmark = pytest.mark.django_db
OWN = reverse("notices:own-notices")
HOME = reverse("own:home")


def test_message_is_written_read_and_counted(cast: Cast, client: Client) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    log_in(client, cast.recorder_441802)
    page = reverse("notices:notice-send", args=[shift.activity_id])
    said = {"title": "集合", "text": "东门集合", "audience": "standing"}
    refused = client.post(page, {**said, "title": " "})
    assert refused.status_code == 422
    assert "东门集合" in refused.content.decode()
    listed = client.post(page, said)["Location"]
    assert [(each.told, each.looked) for each in client.get(listed).context["rows"]] == [(1, 0)]
    log_in(client, cast.person)
    own = reverse("notices:own-notice", args=[client.get(OWN).context["rows"][0].notice_id])
    assert own in client.get(HOME).content.decode()
    client.head(own)
    assert own in client.get(HOME).content.decode(), "only who reads it has looked"
    assert "东门集合" in client.get(own).content.decode()
    assert own not in client.get(HOME).content.decode()
    log_in(client, another(cast))
    assert client.get(own).status_code == 404
    log_in(client, cast.recorder_441802)
    assert [each.looked for each in client.get(listed).context["rows"]] == [1]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    for _number in range(count):
        send(cast, shift.activity)
    pages = [
        (cast.recorder_441802, reverse("notices:notice-list", args=[shift.activity_id]), 8),
        (cast.person, OWN, 8),
    ]
    for actor, page, queries in pages:
        log_in(client, actor)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert len(client.get(page).context["rows"]) == count
        assert len(asked) == queries

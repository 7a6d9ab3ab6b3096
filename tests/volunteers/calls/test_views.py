"""The pages without login: what visitors find, and all that they are not shown."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from core.typesetting.fonts import chinese_font
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Activity, Shift
from volunteers.vocabulary.models import Term

pytestmark = pytest.mark.django_db
LIST = reverse("calls:call-list")
MOST_BYTES = 100 * 1024


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    caches["process"].clear()


def page_of(shift: Shift) -> str:
    return reverse("calls:call-detail", args=[shift.activity_id])


def ids(client: Client, **asked: Any) -> set[int]:
    return {shift.pk for shift in client.get(LIST, asked).context["shifts"]}


@pytest.mark.parametrize("signed_in", ["", "volunteer", "county-441802", "province"])
def test_nobody_is_shown_more_than_what_is_public(
    cast: Cast, client: Client, signed_in: str
) -> None:
    if signed_in:
        log_in(client, cast.actor(signed_in))
    shown = call(cast)
    hidden = [
        call(cast, title="未公开", visibility="invited"),
        call(cast, title="未公开", visibility="invited", state="cancelled", reason="台风"),
        call(cast, title="未公开", state="draft", reviewed_at=None),
        call(cast, title="未公开", state="in_review", reviewed_at=None),
        call(cast, title="未公开", state="cancelled", reason="从未公布", reviewed_at=None),
    ]
    assert ids(client) == {shown.pk}
    assert client.get(page_of(shown)).status_code == 200
    found = [client.get(page_of(shift)).status_code for shift in hidden]
    pictures = [reverse("calls:call-share", args=[shift.activity_id]) for shift in hidden]
    assert found + [client.get(each).status_code for each in pictures] == [404] * 10


def test_database_itself_hides_from_visitors_what_is_not_public(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The views' own filter taken away, the policies still hold."""
    hidden = [call(cast, visibility="invited"), call(cast, state="draft", reviewed_at=None)]
    monkeypatch.setattr("volunteers.calls.views.public_calls", Activity.objects.as_calls)
    assert [client.get(page_of(shift)).status_code for shift in hidden] == [404, 404]
    with as_owner():
        Activity.objects.update(visibility="public", state="published", reviewed_at=timezone.now())
    assert [client.get(page_of(shift)).status_code for shift in hidden] == [200, 200]


def test_list_is_narrowed_by_place_day_kind_and_room(cast: Cast, client: Client) -> None:
    near = call(cast, places=1, days=2)
    far = call(cast, committee=cast.committee("440606"), kind="elderly", days=5)
    with as_owner():
        Shift.objects.filter(pk=near.pk).update(taken=1)
    assert ids(client) == {near.pk, far.pk}
    assert ids(client, place="441802") == ids(client, place="4418") == {near.pk}
    assert ids(client, kind="elderly") == {far.pk}
    assert ids(client, free="on") == {far.pk}
    day = timezone.localdate(far.starts_at)
    assert ids(client, day=day.isoformat()) == {far.pk}
    assert ids(client, day="2099-01-01") == set()
    assert "查看全部活动" in client.get(LIST, {"place": "4418", "kind": "elderly"}).content.decode()
    # What nobody offers narrows nothing.
    assert ids(client, place="999999", day="x", kind="y") == {near.pk, far.pk}


def test_night_belongs_to_both_of_its_days(cast: Cast, client: Client) -> None:
    shift = call(cast)
    evening = timezone.localtime().replace(hour=22, minute=0, second=0) + timedelta(days=3)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(
            starts_at=evening, ends_at=evening + timedelta(hours=8)
        )
    days = [(evening + timedelta(days=number)).date().isoformat() for number in (-1, 0, 1, 2)]
    assert [ids(client, day=day) == {shift.pk} for day in days] == [False, True, True, False]
    assert "22:00–次日 06:00" in client.get(page_of(shift)).content.decode()


def test_page_of_a_call_says_all_and_leads_to_signing_up(cast: Cast, client: Client) -> None:
    with as_owner():
        term = Term.objects.filter(kind="skill").first()
        assert term is not None
    shift = call(cast, places=4, youngest=16, needed_skills=[term.pk], withdrawal_hours=36)
    text = client.get(page_of(shift)).content.decode()
    for said in (
        shift.activity.title,
        "北江东岸",
        "沿河清理垃圾",
        "0763-0000000",
        "16 岁及以上",
        term.name,
        "36 小时",
        "周",
    ):
        assert said in text
    own = reverse("signups:call-detail", args=[shift.activity_id])
    assert f'href="{own}"' in text
    sent = client.get(own)["Location"]
    assert sent.startswith(reverse("account_login"))
    log_in(client, cast.person)
    assert client.get(own).status_code == 200


def test_cancelled_call_says_why_and_offers_nothing(cast: Cast, client: Client) -> None:
    shift = call(cast, state="cancelled", reason="台风停办")
    text = client.get(page_of(shift)).content.decode()
    assert "台风停办" in text
    assert reverse("signups:call-detail", args=[shift.activity_id]) not in text
    assert ids(client) == set()


def test_list_pages_by_time_and_misses_nothing(cast: Cast, client: Client) -> None:
    shift = call(cast)
    with as_owner():
        Shift.objects.bulk_create(
            Shift(
                activity=shift.activity,
                committee_id=shift.committee_id,
                # Two begin at the same moment each time.
                starts_at=shift.starts_at + timedelta(hours=number // 2, microseconds=1),
                ends_at=shift.starts_at + timedelta(hours=number + 2),
                places=1,
            )
            for number in range(44)
        )
    seen: list[int] = []
    address = LIST
    while address:
        page = client.get(address)
        seen += [each.pk for each in page.context["shifts"]]
        address = page.context["next_url"]
    assert (len(seen), len(set(seen))) == (45, 45)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    for number in range(count):
        call(cast, days=number + 1)
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(LIST).context["shifts"]) == count
    assert len(queries) == 5, [each["sql"][:150] for each in queries]


def test_shared_link_has_a_picture_that_is_made_once(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    if chinese_font() is None:
        pytest.skip("this machine has no font with Chinese")
    shift = call(cast)
    text = client.get(page_of(shift)).content.decode()
    named = dict(re.findall(r'<meta property="og:(\S+)"\s+content="([^"]*)"', text))
    assert named["title"] == shift.activity.title
    assert named["url"] == f"http://testserver{page_of(shift)}"
    first = client.get(named["image"])
    with Image.open(BytesIO(first.content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        colours = picture.convert("RGB").getcolors()
    assert colours is not None
    assert len(colours) > 2
    monkeypatch.delattr("volunteers.calls.domain.typst.compile")
    assert client.get(named["image"]).content == first.content


@pytest.mark.parametrize("which", ["list", "call"])
def test_first_visit_weighs_little_and_needs_no_script(
    cast: Cast, client: Client, which: str
) -> None:
    shift = call(cast, content="沿河清理垃圾。" * 280)
    with as_owner():
        Shift.objects.bulk_create(
            Shift(
                activity=shift.activity,
                committee_id=shift.committee_id,
                starts_at=shift.starts_at + timedelta(days=number),
                ends_at=shift.ends_at + timedelta(days=number),
                places=number,
            )
            for number in range(1, 26)
        )
    page = client.get(LIST if which == "list" else page_of(shift)).content
    text = page.decode()
    # Looking around asks the device where it is, if it can; all else is HTML.
    scripts = re.findall(r'<script type="module" src="/static/([^"]+)"></script>', text)
    assert scripts == (["dist/near.js"] if which == "list" else [])
    assert text.count("<script") == len(scripts)
    fetched = re.findall(r'<(?:link|img|iframe)[^>]*?(?:href|src)="/static/([^"]+)"', text)
    fetched += scripts
    assert any(name.endswith(".css") for name in fetched)
    files = [Path(str(finders.find(name))).read_bytes() for name in fetched]
    assert sum(len(gzip.compress(each)) for each in [page, *files]) < MOST_BYTES


def test_who_hammers_is_stopped(cast: Cast, client: Client, settings: Settings) -> None:
    settings.PUBLIC_RATE_PER_MINUTE = 0
    assert client.get(LIST).status_code == 429


def test_idle_member_reads_on_as_a_visitor(cast: Cast, client: Client, settings: Settings) -> None:
    log_in(client, cast.county_441802)
    client.get(LIST)
    settings.SESSION_IDLE_SECONDS = -1
    assert client.get(LIST).status_code == 200

"""The registry's pages: what they show, what they keep, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor, actor_of_membership
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, ServiceRecordFactory, VolunteerFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import CHILD, GUARDIAN, card, register, registered
from volunteers.registry.models import IdentityReveal, RevealApproval, Volunteer

NUMBER, PHONE = identity_number(7), "19900000077"


@pytest.fixture
def desk(cast: Cast, browser_client: Client) -> Client:
    return log_in(browser_client, cast.county_441802)


@pytest.fixture
def known(cast: Cast) -> Volunteer:
    return registered(
        cast.committee("441802009"), number=NUMBER, phone=PHONE, name="刘霞明", skills=["急救"]
    )


@pytest.fixture
def child(cast: Cast) -> Volunteer:
    with acting_as(cast.recorder_441802.scope):
        return register(
            cast.recorder_441802,
            cast.committee("441802009"),
            name="陈小军",
            document=card(identity_number(1, born=CHILD)),
            guardian=GUARDIAN,
        )


def entry(**changes: str) -> dict[str, str]:
    """A form of the registration page, filled in."""
    return {
        "name": "欧阳娜娜",
        "number": identity_number(21),
        "phone": "19900000021",
        "committee": "441802009",
        "registered_on": "2026-05-30",
        "consent_on": "2026-05-30",
        "consent_evidence": "签字表",
        "nonce": str(uuid4()),
        **changes,
    }


def at(name: str, volunteer: Volunteer, *args: str) -> str:
    return reverse(f"registry:{name}", args=[volunteer.number, *args])


def text(response: Any) -> str:
    return str(response.content.decode())


def person(volunteer: Volunteer) -> Volunteer:
    with as_owner():
        return Volunteer.objects.get(pk=volunteer.pk)


# The list


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_one_row_as_for_three(cast: Cast, desk: Client, count: int) -> None:
    with as_owner():
        VolunteerFactory.create_batch(count - 1, committee=cast.committee("441802103"))
    with CaptureQueriesContext(connection) as asked:
        response = desk.get(reverse("registry:volunteer-list"))
    assert text(response).count('<th scope="row"') == count
    queries = [query["sql"] for query in asked if "volunteers_" in query["sql"]]
    # The rows with their committees, the skills to choose from, the count.
    assert len(queries) == 3
    assert len([query for query in asked if "organizations_committee" in query["sql"]]) == 3


def test_list_goes_on_below_the_last_row_with_the_same_filters(cast: Cast, desk: Client) -> None:
    with as_owner():
        people = VolunteerFactory.create_batch(
            52, committee=cast.committee("441802103"), skills=["急救"]
        )
        VolunteerFactory(committee=cast.committee("441802103"), name="没有专长")
    address = reverse("registry:volunteer-list")
    first = text(desk.get(address, {"skill": "急救"}))
    assert first.count('<th scope="row"') == 50
    assert f"before={people[2].pk}" in first
    more = text(
        desk.get(
            address,
            {"skill": "急救", "before": str(people[2].pk)},
            headers={"HX-Request": "true"},
        )
    )
    assert [each.number in more for each in people[:3]] == [True, True, False]
    assert "没有专长" not in first + more
    assert "<html" not in more


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({}, {"刘霞明", "远方"}),
        ({"committee": "441802103"}, {"远方"}),
        ({"age": "18-35"}, {"刘霞明"}),
        ({"age": "60-"}, {"远方"}),
        ({"state": "paused"}, {"远方"}),
        ({"skill": "急救"}, {"刘霞明"}),
        ({"q": "lxm"}, {"刘霞明"}),
        ({"q": "lxm", "state": "paused"}, set()),
        ({"age": "nonsense", "state": "nonsense", "before": "nonsense"}, {"刘霞明", "远方"}),
    ],
    ids=str,
)
def test_filters_narrow_together(
    cast: Cast, desk: Client, known: Volunteer, query: dict[str, str], seen: set[str]
) -> None:
    with as_owner():
        VolunteerFactory(
            committee=cast.committee("441802103"),
            name="远方",
            birth_date="1960-01-01",
            state="paused",
        )
    page = text(desk.get(reverse("registry:volunteer-list"), query))
    assert {name for name in ("刘霞明", "远方") if f">{name}</a>" in page} == seen


def test_province_reads_the_whole_way_to_a_township(
    cast: Cast, browser_client: Client, known: Volunteer
) -> None:
    client = log_in(browser_client, cast.province)
    assert "清远市 / 清城区 / 横荷街道" in text(client.get(reverse("registry:volunteer-list")))


def test_empty_list_leads_to_the_form_and_to_the_import(cast: Cast, browser_client: Client) -> None:
    page = text(log_in(browser_client, cast.county_440606).get(reverse("registry:volunteer-list")))
    assert "顺德区还没有登记志愿者" in page
    assert reverse("registry:volunteer-create") in page
    assert f"{reverse('imports:run-create')}?kind=volunteers" in page


def test_auditor_is_offered_nothing_to_change(
    cast: Cast, browser_client: Client, known: Volunteer
) -> None:
    client = log_in(browser_client, cast.province_auditor)
    page = text(client.get(reverse("registry:volunteer-list")))
    assert reverse("registry:volunteer-create") not in page
    page = text(client.get(at("volunteer-detail", known)))
    assert "谁看过号码" in page
    assert "data-opens" not in page
    assert at("volunteer-edit", known) not in page


def test_committee_elsewhere_is_not_found(desk: Client) -> None:
    response = desk.get(reverse("registry:volunteer-list"), {"committee": "440606"})
    assert response.status_code == 404


def test_lookup_offers_people_to_choose_and_nobody_who_left(cast: Cast, desk: Client) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802009"), name="张伟明")
        one = VolunteerFactory(
            committee=cast.committee("441802103"), name="张伟", phone_mask="199****0001"
        )
        VolunteerFactory(committee=cast.committee("441802103"), name="张伟", state="withdrawn")
    address = reverse("registry:volunteer-lookup")
    results = desk.get(address, {"q": "zhangw"}).json()["results"]
    assert [result["text"] for result in results] == ["张伟", "张伟明"]
    assert results[0]["value"] == one.number
    assert results[0]["detail"] == "源潭镇 · 1995 · 199****0001"
    assert desk.get(address).json() == {"results": []}


# Registering


def test_form_registers_and_leads_to_the_person(desk: Client) -> None:
    response = desk.post(reverse("registry:volunteer-create"), entry(skills="急救，摄影"))
    with as_owner():
        made = Volunteer.objects.get(name="欧阳娜娜")
    assert response.headers["Location"] == at("volunteer-detail", made)
    assert made.skills == ["急救", "摄影"]
    page = text(desk.get(response.headers["Location"]))
    assert made.number in page
    assert "county-441802（清城区）" in page
    assert identity_number(21) not in page


def test_form_sent_twice_leads_to_the_same_person(desk: Client) -> None:
    values = entry()
    first = desk.post(reverse("registry:volunteer-create"), values)
    assert desk.post(reverse("registry:volunteer-create"), values).headers == first.headers


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", "449900"), ("phone", "123"), ("consent_evidence", " "), ("committee", "441802")],
)
def test_refused_form_keeps_what_was_typed(desk: Client, field: str, value: str) -> None:
    response = desk.post(reverse("registry:volunteer-create"), entry(**{field: value}))
    assert response.status_code == 422
    page = text(response)
    assert f'href="#id_{field}"' in page
    assert 'value="欧阳娜娜"' in page
    with as_owner():
        assert not Volunteer.objects.filter(name="欧阳娜娜").exists()


def test_minor_is_asked_for_a_guardian_and_then_taken(desk: Client) -> None:
    address = reverse("registry:volunteer-create")
    values = entry(number=identity_number(1, born=CHILD))
    response = desk.post(address, values)
    assert response.status_code == 422
    assert 'href="#id_guardian_phone"' in text(response)
    values |= {"guardian_phone": "19900001111", "guardian_consent_on": "2026-05-30"}
    assert desk.post(address, values).status_code == 302


def test_passport_is_asked_for_birth_date_and_gender(desk: Client) -> None:
    address = reverse("registry:volunteer-create") + "?document=passport"
    assert 'name="birth_date"' in text(desk.get(address))
    assert 'name="birth_date"' not in text(desk.get(reverse("registry:volunteer-create")))
    values = entry(number="E1234567", birth_date="1990-02-03", gender="female")
    assert desk.post(address, values).status_code == 302


def test_number_known_here_leads_to_the_person(desk: Client, known: Volunteer) -> None:
    response = desk.post(reverse("registry:volunteer-create"), entry(number=NUMBER))
    assert response.status_code == 422
    assert at("volunteer-detail", known) in text(response)


def test_number_known_elsewhere_gives_nothing_away(
    cast: Cast, browser_client: Client, known: Volunteer
) -> None:
    client = log_in(browser_client, cast.county_440606)
    values = entry(number=NUMBER, committee="440606103")
    response = client.post(reverse("registry:volunteer-create"), values)
    assert response.status_code == 422
    page = text(response)
    assert "请联系上级团委" in page
    for secret in (known.name, known.number, "清城", "横荷", at("volunteer-detail", known)):
        assert secret not in page


# One person


def test_person_shows_masks_hours_and_history(cast: Cast, desk: Client, known: Volunteer) -> None:
    with as_owner():
        ServiceRecordFactory(volunteer=known, served_on=date(2026, 3, 1), minutes=90)
    desk.post(
        at("volunteer-edit", known),
        {
            "name": "刘夏明",
            "committee": "441802103",
            "skills": "急救",
            "phone": "19900002222",
            "reason": "与证件核对",
        },
    )
    page = text(desk.get(at("volunteer-detail", known)))
    for told in ("刘夏明", "刘霞明", "源潭镇", "199****2222", "与证件核对", "1.5"):
        assert told in page
    assert NUMBER not in page
    assert "19900002222" not in page


def test_refused_change_keeps_what_was_typed_and_changes_nothing(
    desk: Client, known: Volunteer
) -> None:
    response = desk.post(
        at("volunteer-edit", known),
        {"name": "刘夏明", "committee": "441802009", "phone": "123", "reason": "核对"},
    )
    assert response.status_code == 422
    assert 'value="刘夏明"' in text(response)
    assert person(known).name == "刘霞明"


def test_document_is_corrected(desk: Client, known: Volunteer) -> None:
    values = {"number": identity_number(9), "reason": "录入错误"}
    assert desk.post(at("volunteer-document", known), values).status_code == 302
    assert person(known).identity_mask.endswith(identity_number(9)[-4:])


def test_guardian_is_changed(desk: Client, child: Volunteer) -> None:
    assert 'value="陈父"' in text(desk.get(at("volunteer-guardian", child)))
    values = {
        "guardian_name": "陈母",
        "guardian_phone": "19900003333",
        "guardian_consent_on": "2026-05-30",
        "reason": "监护人变更",
    }
    assert desk.post(at("volunteer-guardian", child), values).status_code == 302
    assert person(child).guardian_name == "陈母"


def test_state_changes_with_a_reason_only(desk: Client, known: Volunteer) -> None:
    desk.post(at("volunteer-state", known, "pause"), {"reason": ""})
    assert person(known).state == "active"
    desk.post(at("volunteer-state", known, "pause"), {"reason": "外出务工"})
    assert person(known).state == "paused"
    page = text(desk.get(at("volunteer-detail", known)))
    assert "外出务工" in page
    assert "暂停服务" in page


# Looks


def test_look_shows_the_number_on_that_answer_only(desk: Client, known: Volunteer) -> None:
    response = desk.post(at("volunteer-reveal", known, "number"), {"reason": "办理意外保险"})
    assert NUMBER in text(response)
    assert "no-store" in response.headers["Cache-Control"]
    page = text(desk.get(at("volunteer-detail", known)))
    assert NUMBER not in page
    assert "办理意外保险" in page


def test_look_without_a_reason_shows_nothing(desk: Client, known: Volunteer) -> None:
    response = desk.post(at("volunteer-reveal", known, "number"), {"reason": " "}, follow=True)
    assert NUMBER not in text(response)
    with as_owner():
        assert not IdentityReveal.objects.exists()


def test_look_at_a_minor_goes_through_a_secretary(
    cast: Cast, browser_client: Client, desk: Client, child: Volunteer
) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    officer = log_in(Client(), actor_of_membership(membership))
    number = identity_number(1, born=CHILD)

    refused = officer.post(at("volunteer-reveal", child, "number"), {"reason": "办理保险"})
    assert refused.status_code == 302
    officer.post(at("approval-create", child, "number"), {"reason": "办理保险"})
    with as_owner():
        asked = RevealApproval.objects.get()
    assert at("volunteer-reveal", child, "number") not in text(
        officer.get(at("volunteer-detail", child))
    )

    waiting = text(desk.get(reverse("registry:approval-list")))
    assert child.name in waiting
    assert "审批查看未成年人号码" in text(desk.get(reverse("home:home")))
    answer = reverse("registry:approval-answer", args=[asked.pk])
    assert officer.post(answer, {"answer": "approve"}).status_code == 403
    desk.post(answer, {"answer": "approve"})

    assert at("volunteer-reveal", child, "number") in text(
        officer.get(at("volunteer-detail", child))
    )
    shown = officer.post(at("volunteer-reveal", child, "number"), {"reason": "办理保险"})
    assert number in text(shown)
    again = officer.post(
        at("volunteer-reveal", child, "number"), {"reason": "办理保险"}, follow=True
    )
    assert number not in text(again)


def test_declined_request_is_told(cast: Cast, desk: Client, child: Volunteer) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    officer = log_in(Client(), actor_of_membership(membership))
    officer.post(at("approval-create", child, "phone"), {"reason": "办理保险"})
    with as_owner():
        asked = RevealApproval.objects.get()
    desk.post(reverse("registry:approval-answer", args=[asked.pk]), {"answer": "decline"})
    assert "上次申请未获批准" in text(officer.get(at("volunteer-detail", child)))


# Who reaches what

PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "volunteer-detail": ("get", ()),
    "volunteer-edit": ("get", ()),
    "volunteer-document": ("get", ()),
    "volunteer-guardian": ("get", ()),
    "volunteer-state": ("post", ("pause",)),
    "volunteer-reveal": ("post", ("number",)),
    "approval-create": ("post", ("number",)),
}
READERS = {"volunteer-detail"}
LOOKERS = {"volunteer-reveal", "approval-create"}


def expected(name: str, page: str) -> int:
    if name in {"county-440606", "township-440606103"}:
        return 404
    if name == "volunteer":
        return 403
    if page in READERS:
        return 200
    if name == "province-auditor" or (name == "county-441802-recorder" and page in LOOKERS):
        return 403
    return 302 if PAGES[page][0] == "post" else 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "name",
    [
        "province",
        "province-auditor",
        "city-4418",
        "county-441802",
        "county-441802-recorder",
        "county-440606",
        "township-440606103",
        "volunteer",
    ],
)
def test_pages_answer_each_role_as_the_table_says(
    cast: Cast, browser_client: Client, known: Volunteer, name: str, page: str
) -> None:
    actor: Actor = cast.actor(name)
    method, args = PAGES[page]
    client: Any = log_in(browser_client, actor)
    address = at(page, known, *args)
    # Without a reason nothing is done; the answer is what counts here.
    assert getattr(client, method)(address).status_code == expected(name, page)


@pytest.mark.parametrize(
    "name", ["registry:volunteer-list", "registry:volunteer-create", "portal:search"]
)
def test_visitor_is_sent_to_the_login(db: None, browser_client: Client, name: str) -> None:
    response = browser_client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")

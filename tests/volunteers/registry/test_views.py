"""The registry's pages: what they show, what they keep, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import (
    CHILD,
    NUMBER,
    at,
    person,
    text,
)
from volunteers.registry.models import Volunteer


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
    assert "该证件号已在别处登记" in page
    for secret in (known.name, known.number, "清城", "横荷", at("volunteer-detail", known)):
        assert secret not in page


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

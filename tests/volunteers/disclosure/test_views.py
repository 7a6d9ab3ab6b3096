"""Access to full data through the pages, and its audit."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from organizations.accounts.actors import actor_of_membership
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, VolunteerFactory, VolunteerIdentityFactory
from volunteers.disclosure.models import Disclosure
from volunteers.exports.domain import table_of
from volunteers.exports.models import Export
from volunteers.registry.models import Volunteer

PHONE = "19900000123"


@pytest.fixture
def child(cast: Cast) -> Volunteer:
    with as_owner():
        person: Volunteer = VolunteerFactory(
            committee=cast.committee("441802009"), name="陈小军", birth_date=date(2012, 4, 1)
        )
        VolunteerIdentityFactory(volunteer=person, phone=PHONE)
    return person


def at(name: str, *args: object) -> str:
    return reverse(f"disclosure:disclosure-{name}", args=args)


def _is_told_of_open_data(asker: Client) -> bool:
    """The time runs from the approval: the asker's first page and its list say it, or neither."""
    opened = f"{at('list')}?state=open"
    first, listed = asker.get(reverse("home:home")), asker.get(opened)
    told = opened in first.content.decode()
    assert told == bool(listed.context["rows"])
    return told


def test_from_asking_to_the_audit(cast: Cast, child: Volunteer) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    officer, secretary = actor_of_membership(membership), cast.county_441802
    asker, head = log_in(Client(), officer), log_in(Client(), secretary)

    person = asker.get(reverse("registry:volunteer-detail", args=[child.number]))
    assert at("person", child.number) in person.content.decode()
    bad = asker.post(at("person", child.number), {"reason": "", "hours": "8"})
    assert bad.status_code == 422
    answer = asker.post(at("person", child.number), {"reason": "办理意外保险", "hours": "8"})
    assert answer.status_code == 302
    with as_owner():
        asked = Disclosure.objects.get()

    assert f"{at('list')}?state=asked" in head.get(reverse("home:home")).content.decode()
    assert "办理意外保险" in head.get(f"{at('list')}?state=asked").content.decode()
    assert asker.post(at("answer", asked.pk), {"answer": "approve"}).status_code == 403
    head.post(at("answer", asked.pk), {"answer": "approve"})

    assert _is_told_of_open_data(asker)
    assert PHONE not in asker.get(at("detail", asked.pk)).content.decode()
    shown = asker.post(at("look", asked.pk))
    assert PHONE in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    head.post(at("end", asked.pk))
    assert not _is_told_of_open_data(asker)
    assert PHONE not in asker.post(at("look", asked.pk), follow=True).content.decode()

    _appears_in_the_audit(cast, asked, officer.label, secretary.label)


def _appears_in_the_audit(cast: Cast, asked: Disclosure, *labels: str) -> None:
    with acting_as(cast.province_auditor.scope):
        path = cast.committee("44").path
        year = str(asked.asked_at.year)
        (row,) = table_of("disclosures", {"year": year}, below=path, reach=path).cells()
    assert row[1] == "陈小军"
    assert row[4] == "办理意外保险"
    assert (row[6], row[8]) == labels
    assert (row[3], row[12]) == (1, 1)


def test_declining_says_why_and_the_asker_is_told(cast: Cast, child: Volunteer) -> None:
    with as_owner():
        membership = MembershipFactory(committee=cast.committee("441802"), role="officer")
    asker = log_in(Client(), actor_of_membership(membership))
    head = log_in(Client(), cast.county_441802)
    asker.post(at("person", child.number), {"reason": "办理意外保险", "hours": "8"})
    with as_owner():
        asked = Disclosure.objects.get()

    silent = head.post(at("answer", asked.pk), {"answer": "decline", "reason": " "})
    assert silent.status_code == 422
    assert "aria-invalid" in silent.content.decode()
    declined = f"{at('list')}?state=declined"
    assert declined not in asker.get(reverse("home:home")).content.decode()
    head.post(at("answer", asked.pk), {"reason": "保险由市里统一办理"})

    assert declined in asker.get(reverse("home:home")).content.decode()
    assert [row.pk for row in asker.get(declined).context["rows"]] == [asked.pk]
    assert "保险由市里统一办理" in asker.get(at("detail", asked.pk)).content.decode()
    assert not head.get(declined).context["rows"], "of one's own only"


def test_auditor_orders_the_audit_and_a_recorder_does_not(cast: Cast) -> None:
    address = reverse("exports:export-create")
    data = {"kind": "disclosures", "year": "2026", "form": "xlsx", "reason": "年度审计"}
    data["nonce"] = str(uuid4())
    assert log_in(Client(), cast.province_auditor).post(address, data).status_code == 302
    assert log_in(Client(), cast.recorder_441802).post(address, data).status_code == 403
    with as_owner():
        assert Export.objects.get().asked == {"year": "2026"}

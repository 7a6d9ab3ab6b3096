"""Whoever is sealed away is named by no certificate; the paper in somebody's hands stays true."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from core.crypto.masks import mask_name
from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory, VolunteerIdentityFactory
from tests.volunteers.certificates.arranging import YEAR
from volunteers.certificates.domain import issue_certificate
from volunteers.certificates.models import Certificate
from volunteers.certificates.queries import Verified, verified
from volunteers.duplicates.domain import merge_volunteers
from volunteers.privacy.domain.erasing import seal_due_entries
from volunteers.privacy.models import PrivacyRequest
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db
NAME = "欧阳查无此人"
TOLD = ("masked_name", "payload", "digest", "signature")


def certified(cast: Cast, name: str = NAME, month: int = 5) -> Certificate:
    """Somebody who served once in that month, with a certificate of the county's officer."""
    officer = cast.county_441802
    with as_owner():
        place = cast.committee("441802009")
        person = VolunteerFactory(committee=place, name=name, birth_date=date(1999, 9, 9))
        VolunteerIdentityFactory(volunteer=person)
        ServiceRecordFactory(
            volunteer=person, committee=place, served_on=date(2026, month, 1), state="confirmed"
        )
    with acting_as(officer.scope):
        found = Volunteer.objects.select_related("committee").get(pk=person.pk)
        return issue_certificate(found, actor=officer, choice=YEAR)


def erase(person_id: int) -> None:
    with as_owner():
        person = Volunteer.objects.get(pk=person_id)
        PrivacyRequest.objects.create(
            volunteer=person, committee=person.committee, kind="erasure", due_on=date(2026, 1, 1)
        )
    assert seal_due_entries() == 1


def told(certificate_id: int) -> list[tuple[str, ...]]:
    """What row and history say of who it was."""
    row = ", ".join(TOLD)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {row} FROM volunteers_certificate WHERE id = %s UNION ALL"
            f" SELECT {row} FROM volunteers_certificatehistory WHERE pgh_obj_id = %s",
            [certificate_id, certificate_id],
        )
        rows: list[tuple[str, ...]] = cursor.fetchall()
    return rows


def asked(cast: Cast, code: str) -> Verified:
    with acting_as(cast.person.scope):
        found = verified(code)
    assert found is not None
    return found


def test_neither_row_nor_history_says_whose_it_was(cast: Cast) -> None:
    certificate, other = certified(cast), certified(cast, "欧阳还在")
    assert {row[0] for row in told(certificate.pk)} == {mask_name(NAME)}
    erase(certificate.volunteer_id)
    assert set(told(certificate.pk)) == {("已注销", "", "", "")}
    assert {row[0] for row in told(other.pk)} == {mask_name("欧阳还在")}
    assert all(row[1] for row in told(other.pk))


def test_certificate_that_came_with_a_merge_loses_the_name_too(cast: Cast) -> None:
    merged, survivor = certified(cast), certified(cast, "欧阳存续", month=6)
    officer = cast.county_441802
    with acting_as(officer.scope):
        entries = Volunteer.objects.in_bulk([survivor.volunteer_id, merged.volunteer_id])
        merge_volunteers(
            entries[survivor.volunteer_id],
            entries[merged.volunteer_id],
            actor=officer,
            reason="同一人",
        )
    with as_owner():
        assert Certificate.objects.get(pk=merged.pk).volunteer_id == survivor.volunteer_id
    erase(survivor.volunteer_id)
    assert set(told(merged.pk)) == {("已注销", "", "", "")}


def test_code_still_says_that_it_stands_and_no_name(cast: Cast, client: Client) -> None:
    certificate = certified(cast)
    before = asked(cast, certificate.code)
    erase(certificate.volunteer_id)
    after = asked(cast, certificate.code)
    assert (after.stands, after.minutes, after.number) == (True, before.minutes, before.number)
    page = client.get(reverse("certificates:verify", args=[certificate.code])).content.decode()
    assert mask_name(NAME) not in page
    assert "已注销" in page
    assert "签名已无法核验" not in page
    assert "不再记载姓名" in page


def test_office_prints_it_without_a_signature_that_would_fail(cast: Cast, client: Client) -> None:
    certificate = certified(cast)
    erase(certificate.volunteer_id)
    with as_owner():
        assert Certificate.objects.get(pk=certificate.pk).fragment == ""
    log_in(client, cast.county_441802)
    paper = client.get(reverse("certificates:certificate-pdf", args=[certificate.pk]))
    assert paper.content.startswith(b"%PDF")


def test_history_of_a_certificate_bears_no_other_change(cast: Cast) -> None:
    certificate, other = certified(cast), certified(cast, "欧阳还在")
    erase(certificate.volunteer_id)
    for key, change in (
        (certificate.pk, "minutes = 1"),
        (certificate.pk, "masked_name = '别人'"),
        (other.pk, "masked_name = ''"),
    ):
        with as_owner(), pytest.raises(Error, match="Cannot update or delete"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE volunteers_certificatehistory SET {change} WHERE pgh_obj_id = %s",
                    [key],
                )

"""A person's own data: seen in full by the person alone, copied, corrected, withdrawn, erased."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import ProgrammingError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.crypto.sealing import seal
from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.models import User
from tests.cast import PASSWORD, Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from tests.phones import last_code
from volunteers.privacy.domain.consenting import publish_text
from volunteers.privacy.domain.erasing import discard_retained, seal_due_entries
from volunteers.privacy.domain.exporting import discard_exports
from volunteers.privacy.domain.paper import data_as_pdf
from volunteers.privacy.models import (
    Consent,
    ConsentKind,
    ConsentText,
    DataExport,
    PrivacyRequest,
    RetainedIdentity,
)
from volunteers.registry.models import IdentityReveal, Volunteer, VolunteerIdentity

PROFILE = reverse("own:profile")
NUMBER, PHONE = identity_number(702), "19900007777"


@pytest.fixture
def person(cast: Cast, client: Client) -> Client:
    """Signed in as the cast's volunteer, who has identifiers; the password was typed just now."""
    with as_owner():
        VolunteerIdentityFactory(volunteer=cast.volunteer, number=NUMBER, phone=PHONE)
        ConsentText.objects.get_or_create(
            kind="own",
            committee=None,
            version=1,
            defaults={"title": "同意书", "body": "同意书正文"},
        )
    client.post(reverse("account_login"), {"login": "volunteer", "password": PASSWORD})
    return client


def say(client: Client, name: str, verb: str) -> None:
    assert client.post(reverse(name), {"verb": verb})["Location"] == PROFILE


def entry(cast: Cast) -> Volunteer:
    with as_owner():
        return Volunteer.objects.get(pk=cast.volunteer.pk)


def test_full_number_is_shown_after_the_password_only(person: Client, cast: Cast) -> None:
    address = reverse("privacy:value-show", args=["number"])
    assert NUMBER in person.get(address).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert person.get(address)["Location"].startswith(reverse("account_reauthenticate"))
    unasked = log_in(Client(), cast.person)
    assert unasked.get(address).status_code == 302
    with as_owner():
        assert not IdentityReveal.objects.exists()


def test_profile_costs_the_same_with_one_and_three_requests(person: Client, cast: Cast) -> None:
    person.get(PROFILE)
    counts = []
    for number in range(3):
        with as_owner():
            PrivacyRequest.objects.create(
                volunteer=cast.volunteer,
                committee=cast.volunteer.committee,
                kind="correction",
                state="done",
                message=f"第{number}次",
            )
        with CaptureQueriesContext(connection) as queries:
            assert f"第{number}次" in person.get(PROFILE).content.decode()
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


@pytest.mark.django_db(transaction=True)
def test_copy_holds_everything_in_full_and_is_nobody_elses(
    person: Client, cast: Cast, client: Client
) -> None:
    with as_owner():
        ServiceRecordFactory(volunteer=cast.volunteer, committee=cast.committee("440606103"))
    nonce = str(uuid4())
    for _twice in range(2):
        person.post(reverse("privacy:copy-create"), {"nonce": nonce})
    with as_owner():
        (job,) = Job.objects.filter(kind="export_own_data")
    assert run_job_now(job.pk)
    with as_owner():
        export = DataExport.objects.get()
    address = reverse("privacy:copy-file", args=[export.pk, "json"])
    data = json.loads(person.get(address).content)
    assert (data["entry"]["full_number"], data["entry"]["full_phone"]) == (NUMBER, PHONE)
    assert [record["activity"] for record in data["records"]] == ["敬老院探访"]
    if export.pdf_file:
        assert person.get(address.replace(".json", ".pdf")).content.startswith(b"%PDF")
    staff = log_in(Client(), cast.county_441802)
    assert staff.get(address).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert discard_exports() == 1
    assert not default_storage.exists(export.json_file)


def test_what_people_wrote_is_no_markup_on_paper(cast: Cast) -> None:
    data = {
        "made_at": "2026-11-22T12:00",
        "entry": dict.fromkeys(
            (
                "name number committee state gender birth_date document_kind full_number"
                " full_phone political_status skills guardian_name full_guardian_phone"
                " registered_on source registered_by consent_on consent_evidence"
            ).split(),
            '#panic("x") $ *粗* ',
        ),
        "requests": [{"asked_at": "#panic", "message": "$ *粗* "}],
    }
    paper = data_as_pdf(data)
    assert paper is None or paper.startswith(b"%PDF")


def test_new_telephone_is_kept_once_its_code_is_right(person: Client, cast: Cast) -> None:
    address = reverse("privacy:phone")
    person.post(address, {"phone": "19900009876"})
    assert person.post(address, {"code": "x"}).status_code == 422
    assert entry(cast).phone_mask == "199****0000"
    assert person.post(address, {"code": last_code("19900009876")})["Location"] == PROFILE
    assert entry(cast).phone_mask == "199****9876"


def test_correction_is_asked_once_and_answered_by_the_committee(person: Client, cast: Cast) -> None:
    address = reverse("privacy:correction-create")
    assert person.post(address, {"message": "名字是霞不是下"}).status_code == 302
    assert person.post(address, {"message": "再说一次"}).status_code == 422
    with as_owner():
        asked = PrivacyRequest.objects.get()
    answer = reverse("privacy:request-answer", args=[asked.pk])
    stranger = log_in(Client(), cast.county_440606)
    assert stranger.post(answer, {"answer": "x"}).status_code == 404
    staff = log_in(Client(), cast.county_441802)
    assert "名字是霞不是下" in staff.get(reverse("privacy:request-list")).content.decode()
    staff.post(answer, {"verb": "decline", "answer": ""})
    with as_owner():
        assert PrivacyRequest.objects.get().state == "open"
    staff.post(answer, {"verb": "done", "answer": "已改正"})
    assert "已改正" in person.get(PROFILE).content.decode()


def test_consent_is_withdrawn_and_given_again_by_one_button_each(
    person: Client, cast: Cast
) -> None:
    say(person, "privacy:consent", "withdraw")
    assert entry(cast).state == "withdrawn"
    with acting_as(cast.county_441802.scope):
        assert PrivacyRequest.objects.open().get().kind == "withdrawal"
    say(person, "privacy:consent", "give")
    assert entry(cast).state == "active"
    with as_owner():
        assert (Consent.objects.get().text.version, Consent.objects.get().how) == (1, "account")
        assert PrivacyRequest.objects.get().state == "cancelled"


def test_province_publishes_the_next_version_and_earlier_consents_keep_theirs(
    person: Client, cast: Cast
) -> None:
    say(person, "privacy:consent", "give")
    with acting_as(cast.province.scope):
        text = publish_text(ConsentKind.OWN, title="新文本", body="第二版", actor=cast.province)
    with (
        acting_as(cast.county_441802.scope),
        pytest.raises(Refusal, match=r".+"),
    ):
        publish_text(ConsentKind.OWN, title="x", body="x", actor=cast.county_441802)
    assert text.version == 2
    assert "第二版" in person.get(PROFILE).content.decode()
    with as_owner():
        assert Consent.objects.get().text.version == 1


def test_erasure_is_cancelled_and_everything_is_as_before(person: Client, cast: Cast) -> None:
    say(person, "privacy:erasure", "ask")
    assert entry(cast).state == "withdrawn"
    say(person, "privacy:erasure", "cancel")
    with time_machine.travel(timezone.now() + timedelta(days=16), tick=False):
        assert seal_due_entries() == 0
    assert entry(cast).state == "active"


def test_erased_entry_is_sealed_away_and_its_number_is_free(person: Client, cast: Cast) -> None:
    with as_owner():
        record = ServiceRecordFactory(volunteer=cast.volunteer)
    say(person, "privacy:erasure", "ask")
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert seal_due_entries() == 1
        assert seal_due_entries() == 0
    gone = entry(cast)
    assert (gone.state, gone.name, gone.phone_mask, gone.birth_date.month) == (
        "erased",
        "已注销",
        "",
        1,
    )
    with as_owner():
        record.refresh_from_db()
        assert cast.person.scope.user is not None
        user = User.objects.get(pk=cast.person.scope.user)
        identity = VolunteerIdentity.objects.get(pk=gone.pk)
        assert not VolunteerIdentity.objects.with_number(NUMBER).exists()
        kept = RetainedIdentity.objects.get()
    assert (record.volunteer_name, record.minutes) == ("已注销", 120)
    assert (user.is_active, user.volunteer_id, user.name) == (False, None, "")
    assert len(bytes(identity.number_sealed)) == len(
        seal("", context=f"volunteers.identity_number:{gone.pk}")
    )
    assert kept.kept_until.year == record.served_on.year + 10
    assert person.get(PROFILE).status_code == 302
    staff = log_in(Client(), cast.county_441802)
    assert staff.get(reverse("registry:volunteer-detail", args=[gone.number])).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3660), tick=False):
        assert discard_retained() == 1


def test_nobody_reads_what_is_kept_under_seal(cast: Cast) -> None:
    with as_owner():
        RetainedIdentity.objects.create(
            volunteer=cast.volunteer,
            committee=cast.volunteer.committee,
            sealed=b"x",
            kept_until=timezone.localdate(),
        )
    for actor in (cast.province, cast.person):
        with pytest.raises(ProgrammingError), acting_as(actor.scope):
            list(RetainedIdentity.objects.all())

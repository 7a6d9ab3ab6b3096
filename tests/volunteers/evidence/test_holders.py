"""Drafts hold pictures; a volunteer reads what an own entry made afterwards stands on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import Scope, acting_as
from tests import pictures
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.evidence.test_domain import a_sheet, add, sent
from volunteers.desk.models import Draft
from volunteers.evidence.domain import add_evidence, holder_of, sweep_evidence
from volunteers.hours.domain import Stretch, confirm_hours, correct_hours
from volunteers.hours.models import ServiceKind, ServiceRecord
from volunteers.hours.queries.proofs import Proof, own_proof


def a_draft(cast: Cast, **fields: object) -> Draft:
    with as_owner():
        draft: Draft = Draft.objects.create(
            committee=cast.committee("441802"),
            created_by_label="录入员",
            changed_by_label="录入员",
            changed_at=timezone.now(),
            **fields,
        )
    return draft


def test_draft_takes_pictures_while_it_is_open(cast: Cast) -> None:
    draft, actor = a_draft(cast), cast.recorder_441802
    with acting_as(actor.scope):
        found = holder_of("draft", str(draft.pk), actor=actor)
        assert found is not None
        assert (found.bundle, found.closed) == (draft.pk, False)
        assert holder_of("draft", "nonsense", actor=actor) is None
        Draft.objects.filter(pk=draft.pk).update(state="submitted")
        found = holder_of("draft", str(draft.pk), actor=actor)
        assert found is not None
        assert found.closed
    with acting_as(cast.county_440606.scope):
        assert holder_of("draft", str(draft.pk), actor=cast.county_440606) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "swept"), [("open", 0), ("discarded", 1)])
def test_pictures_go_with_a_draft_that_was_set_aside(cast: Cast, state: str, swept: int) -> None:
    draft, actor = a_draft(cast, state=state), cast.recorder_441802
    with acting_as(actor.scope):
        found = holder_of("draft", str(draft.pk), actor=actor)
        assert found is not None
        Draft.objects.filter(pk=draft.pk).update(state="open")
        found = holder_of("draft", str(draft.pk), actor=actor)
        assert found is not None
        add_evidence(sent(pictures.png()), holder=found, actor=actor)
    long_ago = timezone.now() - timedelta(days=40)
    with as_owner():
        Draft.objects.filter(pk=draft.pk).update(state=state, changed_at=long_ago)
    with acting_as(Scope.for_job("test")):
        assert sweep_evidence(timezone.now() + timedelta(days=31)) == swept


def test_grid_shows_the_pictures_of_its_draft(cast: Cast, client: Client) -> None:
    draft, actor = a_draft(cast), cast.recorder_441802
    log_in(client, actor)
    page = client.get(reverse("desk:draft-detail", args=[draft.pk])).content.decode()
    assert reverse("evidence:pane", args=["draft", draft.pk]) in page


def test_volunteer_reads_what_an_own_backfill_stands_on(cast: Cast, client: Client) -> None:
    sheet, actor = a_sheet(cast, evidence="签到表 3 号"), cast.county_441802
    with acting_as(actor.scope):
        add(sheet, actor)
        confirm_hours(ServiceRecord.objects.filter(sheet=sheet), actor=actor)
        record = sheet.records.get()
    log_in(client, cast.person)
    page = client.get(reverse("own:record-detail", args=[record.pk])).content.decode()
    for text in (record.get_source_display(), "签到表 3 号", actor.label):
        assert text in page
    assert "/evidence/" not in page
    with acting_as(cast.person.scope):
        assert own_proof(record) == Proof("签到表 3 号", 1)


def test_proof_of_anothers_record_is_nobodys_business(cast: Cast) -> None:
    sheet = a_sheet(cast, evidence="签到表")
    with as_owner():
        record = sheet.records.get()
        record.sheet.committee.refresh_from_db()
    other = cast.person.scope.__class__(
        role=cast.person.scope.role, volunteer=record.volunteer_id + 1_000_000
    )
    with acting_as(other):
        assert own_proof(record) is None


def test_correction_keeps_the_pictures_of_the_record_before(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.county_441802
    with acting_as(actor.scope):
        add(sheet, actor)
        new = correct_hours(
            sheet.records.get(),
            actor=actor,
            reason="日期登记错误",
            activity_title="巡河",
            when=Stretch(served_on=date(2026, 5, 3), minutes=60),
            kind=ServiceKind.ENVIRONMENT,
        )
        assert new.sheet_id != sheet.pk
        assert new.sheet.evidence_key == sheet.evidence_key

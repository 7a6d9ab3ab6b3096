"""Evidence is added, taken away, brought back and swept; what stands on it holds it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests import pictures
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory
from volunteers.evidence.domain import (
    MAX_FILES,
    Holder,
    add_evidence,
    holder_of,
    picture_of,
    remove_evidence,
    restore_evidence,
    sweep_evidence,
)
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord


def a_sheet(cast: Cast, *, state: str = "submitted", **fields: object) -> HoursSheet:
    """A sheet of 清城区 entered afterwards, with one record."""
    with as_owner():
        sheet: HoursSheet = HoursSheetFactory(
            committee=cast.committee("441802"), source="backfill", **fields
        )
        ServiceRecordFactory(
            committee=sheet.committee,
            sheet=sheet,
            volunteer=cast.volunteer,
            source="backfill",
            state=state,
        )
    return sheet


def sent(content: bytes, name: str = "签到表.jpg") -> ContentFile[bytes]:
    return ContentFile(content, name=name)


def holder(sheet: HoursSheet, actor: Actor) -> Holder:
    found = holder_of("sheet", str(sheet.pk), actor=actor)
    assert found is not None
    return found


def add(sheet: HoursSheet, actor: Actor, content: bytes | None = None) -> EvidenceFile:
    return add_evidence(sent(content or pictures.png()), holder=holder(sheet, actor), actor=actor)


def stored(file: EvidenceFile) -> list[str]:
    folder = f"evidence/{file.pk.hex[:2]}/{file.pk.hex}"
    return sorted(default_storage.listdir(folder)[1])


def standing(bundle: UUID) -> int:
    return EvidenceFile.objects.of_bundle(bundle).count()


def test_file_is_kept_as_pictures_of_its_pages(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    with acting_as(actor.scope):
        file = add_evidence(
            sent(pictures.pdf(2), "C:\\桌面\\签到\u202efdp.pdf"),
            holder=holder(sheet, actor),
            actor=actor,
        )
        assert (file.kind, file.pages, file.name) == ("pdf", 2, "签到fdp.pdf")
        assert file.committee_id == sheet.committee_id
        assert file.uploaded_by_label == actor.label
        assert stored(file) == ["1-small.jpg", "1.jpg", "2-small.jpg", "2.jpg"]
        page = picture_of(file, 2)
        assert page is not None
        assert page.startswith(b"\xff\xd8\xff")
        assert picture_of(file, 3) is None
        assert standing(sheet.evidence_key) == 1


def test_file_sent_twice_is_kept_once(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    with acting_as(actor.scope):
        assert add(sheet, actor) == add(sheet, actor)
        assert standing(sheet.evidence_key) == 1


def test_what_is_refused_leaves_nothing(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    with acting_as(actor.scope):
        cases = [(b"", "empty_file"), (b"MZ", "wrong_type"), (bytes(21), "file_too_large")]
        for content, code in cases:
            with override_settings(EVIDENCE_MAX_BYTES=20), pytest.raises(Refusal) as refused:
                add_evidence(sent(content), holder=holder(sheet, actor), actor=actor)
            assert (refused.value.code, refused.value.field) == (code, "file")
        assert standing(sheet.evidence_key) == 0


def test_holder_takes_so_many_files_and_none_once_closed(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    with acting_as(actor.scope):
        file = add(sheet, actor)
        EvidenceFile.objects.bulk_create(
            EvidenceFile(
                committee_id=file.committee_id,
                bundle=file.bundle,
                kind="png",
                name="x",
                size=1,
                pages=1,
                width=1,
                height=1,
                sha256=str(number),
            )
            for number in range(MAX_FILES - 1)
        )
        with pytest.raises(Refusal) as refused:
            add(sheet, actor, pictures.png(1))
        assert refused.value.code == "too_many_files"
        closed = Holder(bundle=uuid4(), committee_id=sheet.committee_id, closed=True)
        with pytest.raises(Refusal) as refused:
            add_evidence(sent(pictures.png()), holder=closed, actor=actor)
        assert refused.value.code == "evidence_closed"


def test_auditor_adds_and_removes_nothing(cast: Cast) -> None:
    sheet = a_sheet(cast)
    with acting_as(cast.recorder_441802.scope):
        file = add(sheet, cast.recorder_441802)
    auditor = cast.province_auditor
    with acting_as(auditor.scope):
        with pytest.raises(PermissionDenied):
            add(sheet, auditor)
        with pytest.raises(PermissionDenied):
            remove_evidence(file, actor=auditor)
        with pytest.raises(PermissionDenied):
            restore_evidence(file, actor=auditor)


def test_removed_file_is_gone_but_kept_until_it_is_swept(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    with acting_as(actor.scope):
        file = add(sheet, actor)
        removed = remove_evidence(file, actor=actor)
        assert removed.removed_by_label == actor.label
        assert standing(sheet.evidence_key) == 0
        assert stored(file)
        assert restore_evidence(file, actor=actor).stands
        assert standing(sheet.evidence_key) == 1
        remove_evidence(file, actor=actor)


@pytest.mark.django_db(transaction=True)
def test_sweep_takes_what_is_removed_or_held_by_nothing(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    entry = Holder(bundle=uuid4(), committee_id=sheet.committee_id)
    with acting_as(actor.scope):
        kept = add(sheet, actor)
        removed = remove_evidence(add(sheet, actor, pictures.png(1)), actor=actor)
        unsent = add_evidence(sent(pictures.png(2)), holder=entry, actor=actor)
    with acting_as(Scope.for_job("test")):
        assert sweep_evidence(timezone.now() + timedelta(days=29)) == 0
    with acting_as(Scope.for_job("test")):
        assert sweep_evidence(timezone.now() + timedelta(days=31)) == 2
    with acting_as(actor.scope):
        kept.refresh_from_db()
        assert kept.held
        assert kept.stands
        assert len(stored(kept)) == 2
        for file in (removed, unsent):
            file.refresh_from_db()
            assert file.swept_at is not None
            assert not stored(file)
        with pytest.raises(Refusal) as refused:
            restore_evidence(removed, actor=actor)
        assert refused.value.code == "evidence_swept"


def confirm(sheet: HoursSheet, actor: Actor) -> None:
    confirm_hours(ServiceRecord.objects.filter(sheet=sheet), actor=actor)


def test_backfill_is_confirmed_only_with_evidence(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refused:
            confirm(sheet, actor)
        assert refused.value.code == "no_evidence"
        file = add(sheet, actor)
        remove_evidence(file, actor=actor)
        with pytest.raises(Refusal):
            confirm(sheet, actor)
        restore_evidence(file, actor=actor)
        confirm(sheet, actor)
        record = sheet.records.get()
        assert record.state == RecordState.CONFIRMED
        assert record.is_backfill
        assert record.second_person == actor.label


def test_text_is_evidence_of_what_came_in_a_workbook_too(cast: Cast) -> None:
    named, actor = a_sheet(cast, evidence="签到表 3 号"), cast.county_441802
    workbook, nothing = a_sheet(cast, evidence="表格"), a_sheet(cast)
    with as_owner():
        for sheet in (workbook, nothing):
            sheet.records.update(source="import")
    with acting_as(actor.scope):
        confirm(named, actor)
        confirm(workbook, actor)
        with pytest.raises(Refusal) as refused:
            confirm(nothing, actor)
        assert refused.value.code == "no_evidence"


def test_evidence_of_confirmed_hours_stays(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.county_441802
    with acting_as(actor.scope):
        file = add(sheet, actor)
        confirm(sheet, actor)
        with pytest.raises(Refusal) as refused:
            remove_evidence(file, actor=actor)
        assert refused.value.code == "evidence_confirmed"
        assert not holder(sheet, actor).removable


def test_neighbour_reaches_neither_file_nor_holder(cast: Cast) -> None:
    sheet = a_sheet(cast)
    with acting_as(cast.recorder_441802.scope):
        file = add(sheet, cast.recorder_441802)
    for other in (cast.county_440606, cast.township_440606103):
        with acting_as(other.scope):
            assert holder_of("sheet", str(sheet.pk), actor=other) is None
            assert not EvidenceFile.objects.filter(pk=file.pk).exists()
    with acting_as(cast.city_4418.scope):
        assert EvidenceFile.objects.filter(pk=file.pk).exists()


def test_large_photograph_of_a_telephone_is_taken(cast: Cast) -> None:
    sheet, actor = a_sheet(cast), cast.recorder_441802
    photograph = pictures.jpeg(Image.new("RGB", (4032, 3024), (200, 200, 200)), orientation=6)
    with acting_as(actor.scope):
        file = add(sheet, actor, photograph)
        assert (file.width, file.height) == (1800, 2400)

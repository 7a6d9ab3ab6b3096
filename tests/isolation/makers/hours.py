"""Rows about hours: evidence, drafts, imports, signals, spot checks, totals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.utils import timezone

from tests.factories import (
    DraftFactory,
    DraftRowFactory,
)
from tests.isolation.people import LATER, MONTH, Maker, People, Place
from volunteers.activities.models import Activity, ActivityChange, Shift
from volunteers.attendance.models import Attendance
from volunteers.certificates.domain.signing import sign_certificate
from volunteers.certificates.models import Certificate
from volunteers.checkins.models import CheckIn, DoorDevice
from volunteers.desk.models import DraftRow
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.models import CorrectionRequest
from volunteers.imports.models import ImportFault, ImportRun
from volunteers.projects.models import Project
from volunteers.signals.models import RecordSignal, UnseenSheet
from volunteers.signups.models import SignUp
from volunteers.spotchecks.models import SpotCheck, SpotCheckItem
from volunteers.stations.models import Station
from volunteers.totals.models import DirtyCell, HoursTotal, RegistryTotal

__all__ = ["MAKERS"]


def _correction(people: People, place: Place, _number: int) -> Model:
    return CorrectionRequest.objects.create(
        committee=people.record.committee,
        record=people.record,
        volunteer=people.volunteer,
        message=f"{place.mark}错",
    )


def _evidence(people: People, place: Place, _number: int) -> Model:
    return EvidenceFile.objects.create(
        committee=people.record.committee,
        bundle=people.record.sheet.evidence_key,
        kind="jpeg",
        name=f"{place.mark}.jpg",
        size=1,
        pages=1,
        width=1,
        height=1,
        sha256="0" * 64,
        uploaded_by_label=f"{place.mark}传",
    )


def _draft(people: People, place: Place, _number: int) -> Model:
    draft = DraftFactory(
        committee=people.record.committee,
        title=f"{place.mark}稿",
        activity=f"{place.mark}活动",
        created_by_label=f"{place.mark}录",
    )
    DraftRowFactory(
        draft=draft,
        person=people.volunteer.name,
        volunteer=people.volunteer,
        volunteer_name=people.volunteer.name,
        volunteer_number=people.volunteer.number,
        note=f"{place.mark}行",
    )
    return draft


def _draft_row(people: People, place: Place, _number: int) -> Model:
    return DraftRow.objects.get(draft__title=f"{place.mark}稿")


def _import_run(people: People, place: Place, _number: int) -> Model:
    run = ImportRun.objects.create(
        committee=people.membership.committee,
        kind="hours",
        stage="done",
        file_name=f"{place.mark}.xlsx",
        sha256=uuid4().hex * 2,
        rows=2,
        accepted=1,
        refused=1,
        imported_by=people.user,
        imported_by_label=f"{place.mark}导",
        finished_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    ImportFault.objects.create(
        run=run, committee=run.committee, row=3, field="name", code="name", value=f"{place.mark}值"
    )
    return run


def _import_fault(people: People, _place: Place, _number: int) -> Model:
    return ImportFault.objects.get(run__imported_by=people.user)


def _hours_total(people: People, _place: Place, number: int) -> Model:
    return HoursTotal.objects.create(
        committee=people.membership.committee,
        month=MONTH + timedelta(days=31 * number),
        kind="",
        minutes=7_777_700 + number,
        records=77_700 + number,
        volunteers=7_700 + number,
        computed_at=LATER,
    )


def _registry_total(people: People, _place: Place, number: int) -> Model:
    return RegistryTotal.objects.create(
        committee=people.membership.committee,
        month=MONTH + timedelta(days=31 * number),
        volunteers=7_700 + number,
        computed_at=LATER,
    )


def _dirty_cell(people: People, _place: Place, _number: int) -> Model:
    return DirtyCell.objects.create(
        subject="hours",
        committee_path=people.membership.committee_id,
        month=MONTH,
        marked_at=LATER,
    )


def _spot_check(people: People, place: Place, _number: int) -> Model:
    return SpotCheck.objects.create(
        committee=people.record.committee,
        committee_name=f"{place.mark}委",
        scope=people.record.committee,
        scope_name=f"{place.mark}委",
        title=f"{place.mark}查",
        first_day=MONTH,
        last_day=MONTH,
        size=1,
        seed="1",
        frame_size=1,
        frame_digest="0" * 64,
        drawn_by_label=f"{place.mark}抽",
    )


def _spot_check_item(people: People, place: Place, _number: int) -> Model:
    return SpotCheckItem.objects.create(
        committee=people.record.committee,
        check_of=SpotCheck.objects.get(title=f"{place.mark}查"),
        record=people.record,
        record_committee=people.record.committee,
        position=1,
        volunteer_name=f"{place.mark}员",
        activity_title=f"{place.mark}活动",
        served_on=MONTH,
        minutes=60,
        finding="true",
        evidence=f"{place.mark}证",
        judged_by_label=f"{place.mark}核",
        judged_at=LATER,
    )


def _signal(people: People, _place: Place, _number: int) -> Model:
    return RecordSignal.objects.create(
        committee=people.record.committee,
        sheet=people.record.sheet,
        record=people.record,
        code="early",
        figure=300,
        against=6,
        found_at=LATER,
    )


def _unseen_sheet(people: People, _place: Place, _number: int) -> Model:
    return UnseenSheet.objects.create(
        sheet_id=people.record.sheet_id, committee_path=people.record.committee_id
    )


def _project(people: People, place: Place, _number: int) -> Model:
    # Public, so without the mark by which the walk knows what nobody else may read.
    name = f"行动 {list(Place).index(place)}"
    return Project.objects.create(committee=people.record.committee, name=name)


def _station(people: People, place: Place, _number: int) -> Model:
    return Station.objects.create(
        committee=people.record.committee,
        name=f"驿站 {list(Place).index(place)}",
        address="横荷路",
        keeper="值班员",
        keeper_phone="0763-0000000",
        hours=[""] * 7,
    )


def _activity(people: People, place: Place, _number: int) -> Model:
    return Activity.objects.create(
        committee=people.record.committee,
        title=f"{place.mark}巡河",
        kind="environment",
        content=f"{place.mark}内容",
        place=f"{place.mark}河边",
        responsible_person=f"{place.mark}责",
        responsible_phone="0763-0000000",
        created_by_label=f"{place.mark}起",
    )


def _shift(people: People, place: Place, _number: int) -> Model:
    starts_at = timezone.now() + timedelta(days=30)
    return Shift.objects.create(
        committee=people.record.committee,
        activity=Activity.objects.get(title=f"{place.mark}巡河"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        places=5,
    )


def _change(people: People, place: Place, _number: int) -> Model:
    return ActivityChange.objects.create(
        committee=people.record.committee,
        activity=Activity.objects.get(title=f"{place.mark}巡河"),
        said=f"{place.mark}改",
        changed_by_label=f"{place.mark}改",
    )


def _signup(people: People, place: Place, _number: int) -> Model:
    """In a call for the place's committee alone, with another shift that nobody signed up for.

    The neighbour's is a draft: it lies in the same committee, whose volunteers read its calls.
    """
    starts_at = timezone.now() + timedelta(days=40)
    activity = Activity.objects.create(
        committee=people.record.committee,
        organization=people.organization,
        title=f"{place.mark}招募",
        kind="environment",
        content=f"{place.mark}内容",
        place=f"{place.mark}河边",
        responsible_person=f"{place.mark}责",
        responsible_phone="0763-0000000",
        created_by_label=f"{place.mark}起",
        state="draft" if place is Place.NEIGHBOUR else "published",
        reviewed_at=LATER,
        invited="committee",
        visibility="invited",
    )
    shift, _other = (
        Shift.objects.create(
            committee=activity.committee,
            activity=activity,
            starts_at=starts_at + timedelta(days=day),
            ends_at=starts_at + timedelta(days=day, hours=2),
            places=5,
        )
        for day in range(2)
    )
    return SignUp.objects.create(
        committee=activity.committee,
        activity=activity,
        shift=shift,
        volunteer=people.volunteer,
        volunteer_name=people.volunteer.name,
        volunteer_number=people.volunteer.number,
        during=DateTimeTZRange(shift.starts_at, shift.ends_at, "[)"),
        state="offered",
        offered_until=LATER,
        asked_at=starts_at,
        asked_by_label=f"{place.mark}报",
    )


def _attendance(people: People, place: Place, _number: int) -> Model:
    signup = SignUp.objects.get(asked_by_label=f"{place.mark}报")
    return Attendance.objects.create(
        committee=signup.committee,
        signup=signup,
        shift=signup.shift,
        mark="excused",
        source="roll_call",
        marked_by=people.user,
        marked_by_label=f"{place.mark}点",
        marked_at=LATER,
    )


def _checkin(people: People, place: Place, _number: int) -> Model:
    signup = SignUp.objects.get(asked_by_label=f"{place.mark}报")
    return CheckIn.objects.create(
        committee=signup.committee,
        signup=signup,
        shift=signup.shift,
        direction="in",
        way="kiosk",
        at=timezone.now(),
        by=people.user,
        by_label=f"{place.mark}扫",
    )


def _device(people: People, place: Place, _number: int) -> Model:
    activity = Activity.objects.filter(created_by_label=f"{place.mark}起").earliest("pk")
    return DoorDevice.objects.create(
        committee=activity.committee,
        activity=activity,
        name=f"{place.mark}门",
        digest=sha256(place.mark.encode()).digest(),
        membership=people.membership,
        issued_by_label=f"{place.mark}发",
        expires_at=LATER,
    )


def _certificate(people: People, place: Place, _number: int) -> Model:
    certificate = Certificate(
        batch=uuid4(),
        committee=people.volunteer.committee,
        volunteer=people.volunteer,
        masked_name=f"{place.mark}掩",
        volunteer_number=people.volunteer.number,
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
        minutes=people.record.minutes,
        sources={people.record.source: people.record.minutes},
        records=[people.record.pk],
        lines=[
            {
                "served_on": "2026-05-01",
                "clock": "",
                "title": f"{place.mark}服务",
                "unit": f"{place.mark}单位",
                "minutes": people.record.minutes,
                "source": people.record.source,
            }
        ],
        year=2026,
        serial=list(Place).index(place) + 1,
        issued_at=LATER,
        seal_state="requested",
        seal_asked_at=LATER,
    )
    sign_certificate(certificate, unit=f"{place.mark}发")
    certificate.save(force_insert=True)
    return certificate


MAKERS: tuple[Maker, ...] = (
    _project,
    _station,
    _activity,
    _shift,
    _change,
    _signup,
    _attendance,
    _checkin,
    _device,
    _certificate,
    _correction,
    _evidence,
    _draft,
    _draft_row,
    _import_run,
    _import_fault,
    _hours_total,
    _registry_total,
    _dirty_cell,
    _signal,
    _unseen_sheet,
    _spot_check,
    _spot_check_item,
)

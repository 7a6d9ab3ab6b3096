"""What the walk asks for: in each place one of everything that an address can name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from core.crypto.sealing import seal
from core.jobs.models import Job
from core.pictures import Page
from core.workbooks.writer import write_refused_rows
from incentives.merchants.models import Merchant
from organizations.accounts.models import Invitation, User
from organizations.accounts.scopes import token_digest
from tests.cast import cashier_of, leader_of
from tests.factories import (
    DraftFactory,
    HoursSheetFactory,
    ServiceRecordFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.isolation.places import Place, World
from volunteers.desk.models import Draft, DraftState
from volunteers.evidence.domain.stored import store_pages
from volunteers.evidence.models import EvidenceFile
from volunteers.exports.models import Export
from volunteers.hours.models import ServiceRecord
from volunteers.imports.models import ImportRun
from volunteers.registry.models import Volunteer, identity_context
from volunteers.transfers.models import Transfer

__all__ = ["PRIVATE_MARK", "Things", "Walked", "build_walked"]

# Stands in what belongs to one account only, whoever is above it.
PRIVATE_MARK = "觅私觅"
_OUTLINE = {
    "sheet": "Sheet1",
    "sheets": ["Sheet1"],
    "header_row": 1,
    "header": ["姓名", "日期"],
    "samples": [["某", "2026-05-01"]],
    "mapping": {"name": 0, "date": 1},
}


@dataclass(frozen=True, slots=True)
class Things:
    """What lies in one place."""

    place: Place
    county: str
    minor: Volunteer
    coming: Transfer
    draft: ServiceRecord
    template: Draft
    waiting: ServiceRecord
    with_minor: ServiceRecord
    picture: EvidenceFile
    columns: ImportRun
    checked: ImportRun
    done: ImportRun

    @property
    def code(self) -> str:
        """The committee's code."""
        return self.place.code


@dataclass(frozen=True, slots=True)
class Walked:
    """The world with all of that, and for each of the cast a job and a confirmed record."""

    world: World
    things: dict[Place, Things] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    confirmed: dict[str, ServiceRecord] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)


def build_walked(world: World) -> Walked:
    """Writes it past all policies; call it inside `as_owner`."""
    walked = Walked(world)
    for place in Place:
        walked.things[place] = _things(world, place)
        Invitation.objects.filter(pk=world.key(Invitation, place)).update(
            token_digest=token_digest(f"invitation-{place}")
        )
    _give_the_volunteer_the_own_rows(world)
    world.cast.actors["leader"] = leader_of(world.people[Place.MINE].organization)
    world.cast.actors["cashier"] = cashier_of(world.key(Merchant, Place.MINE))
    for number, (username, actor) in enumerate(world.cast.actors.items()):
        place = Place.OTHER_CITY if "440606" in username else Place.MINE
        walked.confirmed[username] = _record(
            world,
            place,
            "confirmed",
            10 + number,
            confirmed_by=actor.user,
            confirmed_at=timezone.now() - timedelta(minutes=number + 1),
        )
        if actor.membership is not None and actor.user is not None:
            walked.exports[username] = Export.objects.create(
                committee=actor.membership.committee,
                kind="volunteers",
                form="csv",
                file=default_storage.save(f"exports/{username}.csv", ContentFile(b"own")),
                user=actor.user,
                user_label="自己",
                expires_at=timezone.now() + timedelta(days=1),
            )
        walked.jobs[username] = Job.objects.create(
            kind="isolation", title="自己的事", language="zh-hans", user_id=actor.scope.user
        )
    Job.objects.exclude(pk__in=[job.pk for job in walked.jobs.values()]).update(
        title=f"{PRIVATE_MARK}工"
    )
    return walked


def _give_the_volunteer_the_own_rows(world: World) -> None:
    """The cast's volunteer is the person of `Place.MINE`."""
    people = world.people[Place.MINE]
    User.objects.filter(pk=people.user.pk).update(volunteer_id=None)
    assert world.cast.person.user is not None
    User.objects.filter(pk=world.cast.person.user.pk).update(volunteer_id=people.volunteer.pk)


def _things(world: World, place: Place) -> Things:
    committee = world.committee(place)
    county = committee if len(committee.path) == 12 else committee.parent
    assert county is not None
    minor = VolunteerFactory(
        committee=committee,
        name=f"{place.mark}童",
        birth_date=date(2012, 4, 1),
        guardian_name=f"{place.mark}父",
        guardian_consent_on=date(2024, 3, 5),
    )
    phone = seal("19900000001", context=identity_context(minor.pk, "guardian_phone_sealed"))
    VolunteerIdentityFactory(volunteer=minor, committee=committee, guardian_phone_sealed=phone)
    waiting = _record(world, place, "submitted", 2)
    # Pages of the world's own record show its picture.
    _store(EvidenceFile.objects.get(pk=str(world.key(EvidenceFile, place))), place)
    return Things(
        place=place,
        county=county.code,
        minor=minor,
        coming=_coming(world, place),
        draft=_record(world, place, "draft", 1),
        with_minor=_record(world, place, "submitted", 6, volunteer=minor),
        template=DraftFactory(
            committee=committee, title=f"{place.mark}样", state=DraftState.TEMPLATE
        ),
        waiting=waiting,
        picture=_picture(place, waiting),
        columns=_run(world, place, "columns"),
        checked=_run(world, place, "checked"),
        done=_run(world, place, "done"),
    )


def _coming(world: World, place: Place) -> Transfer:
    """Somebody of a province that none of the cast sees asks to be taken over here."""
    far, here = world.cast.committee("45"), world.committee(place)
    person = VolunteerFactory(committee=far, name=f"{place.mark}来")
    return Transfer.objects.create(
        volunteer=person,
        volunteer_name=person.name,
        volunteer_number=person.number,
        origin=far,
        origin_name=far.full_name,
        destination=here,
        destination_name=here.full_name,
        asked_side="person",
        asked_by_label=f"{place.mark}来",
        asked_at=timezone.now(),
        reason=f"{place.mark}搬",
    )


def _record(world: World, place: Place, state: str, day: int, **fields: object) -> ServiceRecord:
    people = world.people[place]
    sheet = HoursSheetFactory(
        committee=people.record.committee,
        title=f"{place.mark}表{day}",
        recorded_by_label=f"{place.mark}录",
    )
    record: ServiceRecord = ServiceRecordFactory(
        committee=people.record.committee,
        sheet=sheet,
        state=state,
        served_on=date(2026, 6, day),
        activity_title=f"{place.mark}事",
        recorded_by_label=f"{place.mark}录",
        **{"volunteer": people.volunteer, "confirmed_by_label": "", **fields},
    )
    return record


def _picture(place: Place, record: ServiceRecord) -> EvidenceFile:
    """A picture that proves the record's sheet, with its bytes in the storage."""
    picture = EvidenceFile.objects.create(
        committee=record.committee,
        bundle=record.sheet.evidence_key,
        kind="jpeg",
        name=f"{place.mark}签到.jpg",
        size=1,
        pages=1,
        width=1,
        height=1,
        sha256="1" * 64,
        uploaded_by_label=f"{place.mark}传",
    )
    _store(picture, place)
    return picture


def _store(picture: EvidenceFile, place: Place) -> None:
    store_pages(picture, [Page(1, 1, place.mark.encode(), place.mark.encode())], written=[])


def _run(world: World, place: Place, stage: str) -> ImportRun:
    people = world.people[place]
    done = stage == "done"
    return ImportRun.objects.create(
        committee=people.membership.committee,
        kind="hours",
        stage=stage,
        file_name=f"{place.mark}{stage}.xlsx",
        file="" if done else _kept(place, "sent"),
        refused_file=_kept(place, "refused") if done else "",
        outline={} if done else {**_OUTLINE, "samples": [[place.mark, "2026-05-01"]]},
        sha256=f"{place}-{stage}".ljust(64, "0"),
        rows=2,
        accepted=1,
        refused=1,
        imported_by_label=f"{place.mark}导",
        finished_at=datetime(2026, 6, 1, tzinfo=UTC) if done else None,
    )


def _kept(place: Place, name: str) -> str:
    """A workbook in the storage, with the place's mark in a cell."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        write_refused_rows(path, ["姓名", "日期"], [[place.mark, "2026-05-01"]], [("", "")])
        return default_storage.save(f"walk/{place}-{name}.xlsx", ContentFile(path.read_bytes()))

"""One row of every table in each of six places: what an actor owns, and what lies beside it.

Every row of a place carries the place's mark in its texts, so that a leak can be read anywhere: in
a result, a page, a workbook or a message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from django.db import connection
from django.db.models import Model

from core.jobs.models import Job
from core.messages.models import OneTimeCode, OutgoingMessage
from organizations.accounts.models import Invitation, Membership, User
from organizations.committees.models import Committee
from organizations.family.models import FamilyTie
from organizations.ledger.models import Organization
from organizations.rules.models import RuleValue
from tests.cast import Cast, build_cast
from tests.factories import (
    DraftFactory,
    DraftRowFactory,
    HoursSheetFactory,
    MembershipFactory,
    OrganizationFactory,
    ServiceRecordFactory,
    UserFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.factories.committees import add_committee
from volunteers.desk.models import DraftRow
from volunteers.evidence.models import EvidenceFile
from volunteers.disclosure.models import DisclosedPerson, Disclosure, DisclosureLook
from volunteers.exports.models import Export
from volunteers.claims.models import Claim
from volunteers.guardians.models import GuardianLink
from volunteers.duplicates.models import ClashNotice, ClashRequest, DuplicatePair, Merge
from volunteers.hours.models import CorrectionRequest, ServiceRecord
from volunteers.imports.models import ImportFault, ImportRun
from volunteers.privacy.models import (
    Consent,
    ConsentText,
    DataExport,
    PrivacyRequest,
    RetainedIdentity,
)
from volunteers.registry.models import IdentityReveal, RevealApproval, Volunteer
from volunteers.signals.models import RecordSignal, UnseenSheet
from volunteers.spotchecks.models import SpotCheck, SpotCheckItem
from volunteers.vocabulary.models import Term, VolunteerTerm
from volunteers.totals.models import DirtyCell, HoursTotal, RegistryTotal
from volunteers.transfers.models import Transfer

__all__ = ["Place", "World", "build_world"]

_MONTH = date(2026, 5, 1)
_LATER = datetime(2030, 1, 1, tzinfo=UTC)


class Place(StrEnum):
    """Where a row lies, seen from the township 441802009 and one person in it."""

    MINE = "mine"
    NEIGHBOUR = "neighbour"  # same township, another person
    SIBLING = "sibling"  # same county
    COUSIN = "cousin"  # same city
    OTHER_CITY = "other_city"
    OTHER_PROVINCE = "other_province"

    @property
    def code(self) -> str:
        """The code of the committee that the place's rows belong to."""
        return _CODES[self]

    @property
    def mark(self) -> str:
        """A word that occurs in this place's rows and nowhere else."""
        return _MARKS[self]


_CODES = {
    Place.MINE: "441802009",
    Place.NEIGHBOUR: "441802009",
    Place.SIBLING: "441802103",
    Place.COUSIN: "441881",
    Place.OTHER_CITY: "440606103",
    Place.OTHER_PROVINCE: "450102001",
}
_MARKS = {
    Place.MINE: "觅己觅",
    Place.NEIGHBOUR: "觅邻觅",
    Place.SIBLING: "觅旁觅",
    Place.COUSIN: "觅表觅",
    Place.OTHER_CITY: "觅市觅",
    Place.OTHER_PROVINCE: "觅省觅",
}
# What all marks begin with: what a search that looks for foreign rows would type.
MARKS_BEGIN = "觅"


@dataclass(frozen=True, slots=True)
class People:
    """Who lives in a place."""

    user: User
    membership: Membership
    organization: Organization
    volunteer: Volunteer
    spare: Volunteer
    record: ServiceRecord


@dataclass(frozen=True, slots=True)
class World:
    """The cast, with a row of every table in every place: ``rows[table][place]`` is its key."""

    cast: Cast
    people: dict[Place, People] = field(default_factory=dict)
    rows: dict[str, dict[Place, str | int]] = field(default_factory=dict)

    def key(self, model: type[Model], place: Place) -> str | int:
        """The key of the model's row in a place."""
        return self.rows[model._meta.db_table][place]

    def committee(self, place: Place) -> Committee:
        """The committee of a place."""
        return self.cast.committee(place.code)

    def add(self, place: Place, row: Model) -> None:
        """Remembers a row as the place's."""
        self.rows.setdefault(row._meta.db_table, {}).setdefault(place, row.pk)


def build_world() -> World:
    """Writes everything past all policies; call it inside `as_owner`."""
    cast = build_cast()
    _add_another_province(cast.committees)
    world = World(cast)
    for number, place in enumerate(Place):
        people = _settle(world, place)
        world.people[place] = people
        for make in _MAKERS:
            world.add(place, make(people, place, number))
    _add_history(world)
    return world


def _add_another_province(committees: dict[str, Committee]) -> None:
    above: Committee | None = None
    for code, name, level in (
        ("45", "广西壮族自治区", "province"),
        ("4501", "南宁市", "city"),
        ("450102", "兴宁区", "county"),
        ("450102001", "民生街道", "township"),
    ):
        above = add_committee(code=code, name=name, level=level, parent=above)
        committees[code] = above


def _settle(world: World, place: Place) -> People:
    committee = world.committee(place)
    volunteer = VolunteerFactory(committee=committee, name=f"{place.mark}员")
    identity = VolunteerIdentityFactory(volunteer=volunteer, committee=committee)
    user = UserFactory(
        username=f"isolation-{place}", name=f"{place.mark}号", volunteer_id=volunteer.pk
    )
    membership = MembershipFactory(user=user, committee=committee)
    organization = OrganizationFactory(
        committee=committee, name=f"{place.mark}协会", responsible_person=f"{place.mark}长"
    )
    sheet = HoursSheetFactory(
        committee=committee, title=f"{place.mark}表", recorded_by_label=f"{place.mark}录"
    )
    record = ServiceRecordFactory(
        volunteer=volunteer,
        committee=committee,
        sheet=sheet,
        organization=organization,
        served_on=date(2026, 5, 3),
        activity_title=f"{place.mark}活动",
        note=f"{place.mark}注",
    )
    for row in (volunteer, identity, user, membership, organization, sheet, record):
        world.add(place, row)
    if place is not Place.NEIGHBOUR:
        world.add(place, committee)
    return People(
        user=user,
        membership=membership,
        organization=organization,
        volunteer=volunteer,
        spare=VolunteerFactory(committee=committee, name=f"{place.mark}备"),
        record=record,
    )


Maker = Callable[[People, Place, int], Model]


def _invitation(people: People, place: Place, number: int) -> Model:
    return Invitation.objects.create(
        committee=people.membership.committee,
        role="recorder",
        name=f"{place.mark}邀",
        token_digest=bytes([number]) * 32,
        invited_by=people.user,
        expires_at=_LATER,
    )


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


def _reveal(people: People, place: Place, _number: int) -> Model:
    return IdentityReveal.objects.create(
        committee=people.volunteer.committee,
        volunteer=people.volunteer,
        field="phone",
        reason=f"{place.mark}因",
        user=people.user,
        user_label=f"{place.mark}看",
    )


def _approval(people: People, place: Place, _number: int) -> Model:
    return RevealApproval.objects.create(
        committee=people.volunteer.committee,
        volunteer=people.volunteer,
        field="phone",
        reason=f"{place.mark}批",
        asked_by=people.user,
        asked_by_label=f"{place.mark}请",
    )


def _transfer(people: People, place: Place, _number: int) -> Model:
    """Both sides of it lie in the place, so that who sees it is the place's own business."""
    home = people.volunteer.committee
    return Transfer.objects.create(
        volunteer=people.volunteer,
        volunteer_name=people.volunteer.name,
        volunteer_number=people.volunteer.number,
        origin=home,
        origin_name=f"{place.mark}原",
        destination=home,
        destination_name=f"{place.mark}接",
        asked_side="person",
        asked_by_label=f"{place.mark}迁",
        asked_at=_LATER,
        reason=f"{place.mark}搬",
    )


def _claim(people: People, _place: Place, _number: int) -> Model:
    return Claim.objects.create(
        volunteer=people.volunteer, committee=people.volunteer.committee, state="claimed"
    )


def _consent(people: People, place: Place, _number: int) -> Model:
    text, _made = ConsentText.objects.get_or_create(kind="own", committee=None, version=1)
    return Consent.objects.create(
        volunteer=people.volunteer,
        committee=people.volunteer.committee,
        kind="own",
        text=text,
        given_by=f"{place.mark}愿",
        how="code",
    )


def _consent_text(people: People, place: Place, number: int) -> Model:
    return ConsentText.objects.create(
        kind="guardian",
        committee=people.volunteer.committee,
        version=100 + number,
        title="同意书",
        body=place.mark,
    )


def _privacy_request(people: People, place: Place, _number: int) -> Model:
    return PrivacyRequest.objects.create(
        volunteer=people.volunteer,
        committee=people.volunteer.committee,
        kind="withdrawal",
        message=f"{place.mark}改",
        asked_by_label=f"{place.mark}人",
    )


def _retained(people: People, _place: Place, _number: int) -> Model:
    return RetainedIdentity.objects.create(
        volunteer=people.spare,
        committee=people.spare.committee,
        sealed=b"sealed",
        kept_until=date(2036, 1, 1),
    )


def _data_export(people: People, place: Place, _number: int) -> Model:
    return DataExport.objects.create(
        volunteer=people.volunteer, user=people.user, json_file=place.mark, expires_at=_LATER
    )


def _guardian_link(people: People, place: Place, number: int) -> Model:
    return GuardianLink.objects.create(
        volunteer=people.volunteer,
        committee=people.volunteer.committee,
        use="give",
        token_digest=bytes([number]) * 32,
        sent_by_label=f"{place.mark}寄",
        expires_at=_LATER,
    )


def _family_tie(people: People, place: Place, _number: int) -> Model:
    return FamilyTie.objects.create(
        user=people.user,
        volunteer_id=people.volunteer.pk,
        child_name=f"{place.mark}孩",
        until=date(2040, 1, 1),
    )


def _clash(people: People, place: Place, number: int) -> Model:
    """Asked from the place about somebody whom nobody has registered."""
    return ClashRequest.objects.create(
        committee=people.membership.committee,
        number_index=bytes([number]) * 32,
        number_mask=f"{place.mark}号",
        name=f"{place.mark}撞",
        reason=f"{place.mark}因",
        asked_by_label=f"{place.mark}请",
    )


def _merge(people: People, place: Place, _number: int) -> Model:
    """Two entries of the place; undone long ago, so that both stand."""
    return Merge.objects.create(
        committee=people.volunteer.committee,
        survivor=people.volunteer,
        merged=people.spare,
        survivor_name=people.volunteer.name,
        survivor_number=people.volunteer.number,
        merged_name=people.spare.name,
        merged_number=people.spare.number,
        merged_state="active",
        reason=f"{place.mark}并",
        by_label=f"{place.mark}并",
        at=_LATER,
    )


def _duplicate(people: People, _place: Place, _number: int) -> Model:
    """The person of the place and a spare one may be the same."""
    first, second = sorted([people.volunteer, people.spare], key=lambda each: int(each.pk))
    return DuplicatePair.objects.create(
        committee=people.volunteer.committee,
        first=first,
        second=second,
        why="birth",
        found_at=_LATER,
    )


def _notice(people: People, place: Place, _number: int) -> Model:
    """Asked about somebody of the place; who asks lies there too."""
    request = ClashRequest.objects.get(name=f"{place.mark}撞")
    return ClashNotice.objects.create(
        committee=people.volunteer.committee,
        request=request,
        volunteer=people.volunteer,
        asking_name=f"{place.mark}问",
        name=request.name,
        reason=request.reason,
        asked_at=_LATER,
    )


def _job(people: People, place: Place, _number: int) -> Model:
    return Job.objects.create(
        kind="isolation",
        title=f"{place.mark}工",
        language="zh-hans",
        user_id=people.user.pk,
        membership_id=people.membership.pk,
        committee_path=people.membership.committee_id,
    )


def _message(_people: People, place: Place, _number: int) -> Model:
    return OutgoingMessage.objects.create(kind="isolation", phone_mask=place.mark)


def _code(_people: People, _place: Place, number: int) -> Model:
    return OneTimeCode.objects.create(
        purpose="isolation",
        digest=bytes([number]) * 32,
        subject_index=bytes([number]) * 16,
        address_index=bytes([number]) * 16,
        expires_at=_LATER,
    )


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


def _volunteer_term(people: People, _place: Place, _number: int) -> Model:
    return VolunteerTerm.objects.create(
        committee=people.volunteer.committee,
        volunteer=people.volunteer,
        term=Term.objects.get(kind="interest", position=1),
    )


def _disclosure(people: People, place: Place, _number: int) -> Model:
    return Disclosure.objects.create(
        committee=people.membership.committee,
        volunteer=people.volunteer,
        title=f"{place.mark}员",
        people=1,
        reason=f"{place.mark}需",
        hours=8,
        asked_by=people.user,
        asked_by_label=f"{place.mark}求",
    )


def _disclosed_person(people: People, _place: Place, _number: int) -> Model:
    return DisclosedPerson.objects.create(
        committee=people.membership.committee,
        disclosure=Disclosure.objects.get(asked_by=people.user),
        volunteer=people.volunteer,
    )


def _disclosure_look(people: People, _place: Place, _number: int) -> Model:
    return DisclosureLook.objects.create(
        committee=people.membership.committee,
        disclosure=Disclosure.objects.get(asked_by=people.user),
        user=people.user,
        people=1,
    )


def _export(people: People, place: Place, _number: int) -> Model:
    return Export.objects.create(
        committee=people.membership.committee,
        kind="volunteers",
        form="csv",
        asked={"q": f"{place.mark}词"},
        user=people.user,
        user_label=f"{place.mark}取",
    )


def _hours_total(people: People, _place: Place, number: int) -> Model:
    return HoursTotal.objects.create(
        committee=people.membership.committee,
        month=_MONTH + timedelta(days=31 * number),
        kind="",
        minutes=7_777_700 + number,
        records=77_700 + number,
        volunteers=7_700 + number,
        computed_at=_LATER,
    )


def _registry_total(people: People, _place: Place, number: int) -> Model:
    return RegistryTotal.objects.create(
        committee=people.membership.committee,
        month=_MONTH + timedelta(days=31 * number),
        volunteers=7_700 + number,
        computed_at=_LATER,
    )


def _dirty_cell(people: People, _place: Place, _number: int) -> Model:
    return DirtyCell.objects.create(
        subject="hours",
        committee_path=people.membership.committee_id,
        month=_MONTH,
        marked_at=_LATER,
    )


def _spot_check(people: People, place: Place, _number: int) -> Model:
    return SpotCheck.objects.create(
        committee=people.record.committee,
        scope=people.record.committee,
        title=f"{place.mark}查",
        first_day=_MONTH,
        last_day=_MONTH,
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
        position=1,
        volunteer_name=f"{place.mark}员",
        activity_title=f"{place.mark}活动",
        served_on=_MONTH,
        minutes=60,
        finding="true",
        evidence=f"{place.mark}证",
        judged_by_label=f"{place.mark}核",
        judged_at=_LATER,
    )


def _rule_value(people: People, place: Place, _number: int) -> Model:
    return RuleValue.objects.create(
        committee=people.membership.committee,
        key="isolation",
        value=1,
        effective_from=_MONTH,
        reason=f"{place.mark}因",
        set_by_label=f"{place.mark}定",
    )


def _signal(people: People, _place: Place, _number: int) -> Model:
    return RecordSignal.objects.create(
        committee=people.record.committee,
        sheet=people.record.sheet,
        record=people.record,
        code="early",
        figure=300,
        against=6,
        found_at=_LATER,
    )


def _unseen_sheet(people: People, _place: Place, _number: int) -> Model:
    return UnseenSheet.objects.create(
        sheet_id=people.record.sheet_id, committee_path=people.record.committee_id
    )


_MAKERS: tuple[Maker, ...] = (
    _invitation,
    _correction,
    _evidence,
    _draft,
    _draft_row,
    _reveal,
    _approval,
    _transfer,
    _merge,
    _duplicate,
    _clash,
    _notice,
    _claim,
    _consent_text,
    _consent,
    _privacy_request,
    _retained,
    _data_export,
    _guardian_link,
    _family_tie,
    _job,
    _message,
    _code,
    _import_run,
    _import_fault,
    _volunteer_term,
    _disclosure,
    _disclosed_person,
    _disclosure_look,
    _export,
    _hours_total,
    _registry_total,
    _dirty_cell,
    _rule_value,
    _signal,
    _unseen_sheet,
    _spot_check,
    _spot_check_item,
)


def _add_history(world: World) -> None:
    """Triggers wrote history as the rows were made; what keeps only changes is changed once."""
    Volunteer.objects.update(political_status="群众")
    for table, keys in list(world.rows.items()):
        history = f"{table}history"
        if history in connection.introspection.table_names():
            world.rows[history] = _first_events(history, keys)


def _first_events(history: str, keys: Mapping[Place, str | int]) -> dict[Place, str | int]:
    found: dict[Place, str | int] = {}
    with connection.cursor() as cursor:
        for place, key in keys.items():
            cursor.execute(f'SELECT min(pgh_id) FROM "{history}" WHERE pgh_obj_id = %s', [key])
            (event,) = cursor.fetchone() or (None,)
            assert event is not None, f"{history} holds nothing of {place}"
            found[place] = event
    return found

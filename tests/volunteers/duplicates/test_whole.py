"""A merge takes along all that is the person's, an undo brings exactly that back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import actor_of_parent
from organizations.family.models import FamilyTie
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerFactory, VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.duplicates.test_merging import merge, snapshot, undo
from volunteers.desk.summary.people import find_people
from volunteers.duplicates.models import ClashNotice, ClashRequest
from volunteers.duplicates.summary import preview_of
from volunteers.guardians.domain.links import link_behind, make_link, minor_of
from volunteers.guardians.models import LinkUse
from volunteers.privacy.domain.persons import locked_entry
from volunteers.privacy.models import Consent, ConsentText, PrivacyRequest
from volunteers.registry.domain.matching import entry_named
from volunteers.registry.domain.sealing import set_guardian_phone
from volunteers.registry.models import Volunteer
from volunteers.registry.ownership import REFERENCES
from volunteers.vocabulary.models import Term, VolunteerTerm

NUMBER = identity_number(841)


@pytest.fixture
def pair(cast: Cast) -> tuple[Volunteer, Volunteer]:
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802103"), name="欧阳小雪")
        VolunteerIdentityFactory(volunteer=cast.volunteer)
        VolunteerIdentityFactory(volunteer=other, number=NUMBER)
    return cast.volunteer, other


def arranged(volunteer: Volunteer, terms: list[Term], text: ConsentText) -> None:
    place = volunteer.committee
    for term in terms:
        VolunteerTerm.objects.create(volunteer=volunteer, committee=place, term=term)
    own = {"volunteer": volunteer, "committee": place}
    Consent.objects.create(kind="own", text=text, given_by="本人", how="account", **own)
    PrivacyRequest.objects.create(kind="correction", message="错", asked_by_label="本人", **own)
    asked = ClashRequest.objects.create(
        committee=place, number_index=volunteer.number.encode(), name="问", reason="问"
    )
    ClashNotice.objects.create(
        request=asked, asking_name="别处", name="问", reason="问", asked_at=timezone.now(), **own
    )


def test_all_that_is_the_persons_moves_and_comes_back_exactly(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    survivor, merged = pair
    with as_owner():
        first, second = (
            Term.objects.create(kind="skill", name=name, position=90) for name in ("甲", "乙")
        )
        text = ConsentText.objects.create(kind="own", committee=None, version=77)
        arranged(survivor, [first], text)
        arranged(merged, [first, second], text)
        ended = {"kind": "own", "text": text, "given_by": "早", "how": "code"}
        earlier = Consent.objects.create(
            volunteer=merged, committee=merged.committee, ended_at=timezone.now(), **ended
        )
    before = snapshot(pair)
    done = merge(cast, pair)
    with as_owner():
        held = VolunteerTerm.objects.filter(volunteer=survivor)
        assert {each.term_id for each in held} == {first.pk, second.pk}
        assert {each.committee_id for each in held} == {survivor.committee_id}
        assert ClashNotice.objects.filter(volunteer=survivor).count() == 2
        assert Consent.objects.get(pk=earlier.pk).volunteer_id == survivor.pk
        # What the survivor has of its own stays the survivor's.
        assert Consent.objects.standing().filter(volunteer=survivor).count() == 1
        assert PrivacyRequest.objects.open().filter(volunteer=survivor).count() == 1
    undo(cast, done)
    assert snapshot(pair) == before


def children(pair: tuple[Volunteer, Volunteer], *guardians: str) -> FamilyTie:
    """Both entries of a child, each with its guardian's telephone, and a tie to the second."""
    for entry, phone in zip(pair, guardians, strict=True):
        entry.birth_date = date(2015, 5, 1)
        set_guardian_phone(entry, entry.identity, phone)
        entry.identity.save()
        entry.save(update_fields=["birth_date", "guardian_phone_mask"])
    tie: FamilyTie = FamilyTie.objects.create(
        user=UserFactory(username="parent"),
        volunteer_id=pair[1].pk,
        child_name=pair[1].name,
        until=date(2033, 5, 1),
    )
    return tie


def test_tie_of_the_same_guardian_goes_along_and_comes_back(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    with as_owner():
        tie = children(pair, "19900003344", "19900003344")
    done = merge(cast, pair)
    tie.refresh_from_db()
    parent = actor_of_parent(tie.user, tie)
    with acting_as(parent.scope):
        assert [each.pk for each in Volunteer.objects.all()] == [pair[0].pk]
    undo(cast, done)
    tie.refresh_from_db()
    assert (tie.volunteer_id, tie.ended_at) == (pair[1].pk, None)


@pytest.mark.parametrize("other", ["19900007788", "19911113344", ""])
def test_tie_of_another_guardian_stays_behind_and_is_named_so(
    cast: Cast, pair: tuple[Volunteer, Volunteer], other: str
) -> None:
    """Telephones that show the same digits are not the same."""
    with as_owner():
        tie = children(pair, other, "19900003344")
    with acting_as(cast.county_441802.scope):
        preview = preview_of(*pair)
    assert preview is not None
    staying = {each.label: (each.count, bool(each.why)) for each in preview.staying}
    assert staying[str(_label_of("organizations_familytie"))] == (1, True)
    assert staying[str(_label_of("volunteers_volunteeridentity"))] == (1, True)
    page = log_in(Client(), cast.county_441802).get(
        reverse("duplicates:merge-compare", args=[each.number for each in pair])
    )
    assert "留在被合并档案上的" in page.content.decode()
    merge(cast, pair)
    tie.refresh_from_db()
    assert tie.volunteer_id == pair[1].pk


def _label_of(table: str) -> object:
    return next(each.label for each in REFERENCES if each.table == table)


@pytest.mark.parametrize("which", [0, 1])
def test_nobody_is_merged_while_an_erasure_runs(
    cast: Cast, pair: tuple[Volunteer, Volunteer], which: int
) -> None:
    with as_owner():
        PrivacyRequest.objects.create(
            volunteer=pair[which], committee=pair[which].committee, kind="disowned",
            asked_by_label="本人", due_on=date(2026, 12, 1),
        )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        merge(cast, pair)
    assert refused.value.code == "sealing"


def test_merged_entries_are_offered_by_nothing_that_finds_people(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    here = cast.committee("441802")
    words = ("欧阳小雪", "ouyangxiaoxue", NUMBER)

    def found() -> list[int]:
        with acting_as(cast.county_441802.scope):
            return [len(find_people(each, below=here, limit=5)[0]) for each in words]

    assert found()[0] == 1
    merge(cast, pair)
    assert found() == [0, 0, 0]


def test_what_names_the_merged_entry_leads_to_the_one_that_stays(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    survivor, merged = pair
    with as_owner():
        Volunteer.objects.filter(pk__in=[survivor.pk, merged.pk]).update(
            birth_date=timezone.localdate() - timedelta(days=5000)
        )
        token = make_link(merged, LinkUse.WITHDRAW)
    merge(cast, pair)
    with acting_as(Scope.for_job("test")):
        assert entry_named(NUMBER, merged.name)[1] == survivor
        link = link_behind(token, [LinkUse.WITHDRAW])
        assert link is not None
        assert minor_of(link) == survivor.pk
        with pytest.raises(Refusal) as refused:
            locked_entry(merged.pk)
    assert refused.value.code == "merged"

"""Rows about entries of the registry: looks, transfers, merges, claims, words, access."""

from __future__ import annotations

from django.db.models import Model

from organizations.leaders.models import Leadership
from tests.isolation.people import LATER, Maker, People, Place
from volunteers.claims.models import Claim
from volunteers.disclosure.models import DisclosedPerson, Disclosure, DisclosureLook
from volunteers.duplicates.models import ClashNotice, ClashRequest, DuplicatePair, Merge
from volunteers.registry.models import IdentityReveal, RevealApproval
from volunteers.teams.models import TeamMember
from volunteers.transfers.models import Transfer
from volunteers.vocabulary.models import Term, VolunteerTerm

__all__ = ["MAKERS"]


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
        asked_at=LATER,
        reason=f"{place.mark}搬",
    )


def _claim(people: People, _place: Place, _number: int) -> Model:
    return Claim.objects.create(
        volunteer=people.volunteer, committee=people.volunteer.committee, state="claimed"
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
        at=LATER,
    )


def _duplicate(people: People, _place: Place, _number: int) -> Model:
    """The person of the place and a spare one may be the same."""
    first, second = sorted([people.volunteer, people.spare], key=lambda each: int(each.pk))
    return DuplicatePair.objects.create(
        committee=people.volunteer.committee,
        first=first,
        second=second,
        why="birth",
        found_at=LATER,
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
        asked_at=LATER,
    )


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


def _member(people: People, place: Place, _number: int) -> Model:
    return TeamMember.objects.create(
        committee=people.organization.committee,
        organization=people.organization,
        volunteer=people.volunteer,
        volunteer_name=people.volunteer.name,
        volunteer_number=people.volunteer.number,
        group=f"{place.mark}组",
        joined_at=LATER,
        added_by_label=f"{place.mark}收",
    )


def _leadership(people: People, _place: Place, _number: int) -> Model:
    return Leadership.objects.create(
        organization=people.organization,
        organization_name=people.organization.name,
        volunteer_id=people.volunteer.pk,
    )


MAKERS: tuple[Maker, ...] = (
    _member,
    _leadership,
    _reveal,
    _approval,
    _transfer,
    _merge,
    _duplicate,
    _clash,
    _notice,
    _claim,
    _volunteer_term,
    _disclosure,
    _disclosed_person,
    _disclosure_look,
)

"""The cast: the same few people and places in every test.

Who owns: `county_441802` and its recorder. Who helps: the city and the province above. Who must
see nothing: `county_440606`, another city's county, and its township.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from incentives.merchants.models import Merchant
from organizations.accounts.actors import (
    AS_LEADER,
    Actor,
    actor_of_cashier,
    actor_of_leader,
    actor_of_membership,
    actor_of_volunteer,
)
from organizations.accounts.models import Membership, User
from organizations.accounts.scopes import ACTING_AS, token_digest
from organizations.cashiers.models import Cashier
from organizations.committees.models import Committee
from organizations.leaders.models import Leadership
from organizations.ledger.models import Organization
from tests.factories import MembershipFactory, UserFactory, VolunteerFactory
from tests.factories.committees import build_tree
from volunteers.registry.models import Volunteer
from volunteers.teams.models import TeamMember

__all__ = ["PASSWORD", "Cast", "build_cast", "cashier_of", "leader_of", "log_in"]

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True, slots=True)
class Cast:
    """Committees by code, actors by the demonstration's login names."""

    committees: dict[str, Committee]
    actors: dict[str, Actor]
    volunteer: Volunteer

    def committee(self, code: str) -> Committee:
        """The committee with that code."""
        return self.committees[code]

    def actor(self, username: str) -> Actor:
        """The actor who logs in with that name."""
        return self.actors[username]

    @property
    def province(self) -> Actor:
        """Officer of the province."""
        return self.actors["province"]

    @property
    def province_auditor(self) -> Actor:
        """Auditor of the province: sees all, changes nothing."""
        return self.actors["province-auditor"]

    @property
    def city_4418(self) -> Actor:
        """Officer of the city above county 441802."""
        return self.actors["city-4418"]

    @property
    def county_441802(self) -> Actor:
        """Secretary of the county that owns most of what tests arrange."""
        return self.actors["county-441802"]

    @property
    def recorder_441802(self) -> Actor:
        """Recorder there: enters, never confirms."""
        return self.actors["county-441802-recorder"]

    @property
    def county_440606(self) -> Actor:
        """Secretary of a county in another city: must see nothing of 441802."""
        return self.actors["county-440606"]

    @property
    def township_440606103(self) -> Actor:
        """The one official of a township of 440606."""
        return self.actors["township-440606103"]

    @property
    def person(self) -> Actor:
        """The volunteer, on the own pages; registered in 441802009."""
        return self.actors["volunteer"]


# Login name, code of the committee, role.
_MEMBERS = (
    ("province", "44", "officer"),
    ("province-auditor", "44", "auditor"),
    ("city-4418", "4418", "officer"),
    ("county-441802", "441802", "secretary"),
    ("county-441802-recorder", "441802", "recorder"),
    ("county-440606", "440606", "secretary"),
    ("township-440606103", "440606103", "officer"),
)


def build_cast() -> Cast:
    """Writes the cast past all policies; call it inside `as_owner`."""
    committees = build_tree()
    users = User.objects.bulk_create(
        [UserFactory.build(username=name, password=PASSWORD) for name, *_where in _MEMBERS]
    )
    memberships = Membership.objects.bulk_create(
        [
            MembershipFactory.build(user=user, committee=committees[code], role=role)
            for user, (_name, code, role) in zip(users, _MEMBERS, strict=True)
        ]
    )
    actors = {each.user.username: actor_of_membership(each) for each in memberships}
    volunteer: Volunteer = VolunteerFactory(committee=committees["441802009"])
    account: User = UserFactory(username="volunteer", password=PASSWORD, volunteer_id=volunteer.pk)
    actors["volunteer"] = actor_of_volunteer(account)
    return Cast(committees=committees, actors=actors, volunteer=volunteer)


def log_in(client: Client, actor: Actor) -> Client:
    """Signs the actor in without going through the login page."""
    assert actor.user is not None
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    if actor.leadership is not None:
        session = client.session
        session[ACTING_AS] = f"{AS_LEADER}{actor.leadership.pk}"
        session.save()
    return client


def leader_of(organization: Organization) -> Actor:
    """Somebody new who leads that organisation and acts for it; call it inside `as_owner`."""
    person: Volunteer = VolunteerFactory(committee=organization.committee)
    user: User = UserFactory(volunteer_id=person.pk)
    TeamMember.objects.create(
        committee_id=organization.committee_id,
        organization=organization,
        volunteer=person,
        volunteer_name=person.name,
        volunteer_number=person.number,
        role="leader",
        joined_at=timezone.now(),
        added_by_label="录入",
    )
    return actor_of_leader(user, Leadership.objects.standing_for(person.pk).get())


def cashier_of(merchant_id: int | str) -> Actor:
    """Somebody new who stands at that merchant's counter; call it inside `as_owner`."""
    merchant = Merchant.objects.get(pk=merchant_id)
    user: User = UserFactory()
    cashier = Cashier.objects.create(
        committee_id=merchant.committee_id,
        merchant_id=merchant.pk,
        merchant_name=merchant.name,
        name=str(user),
        user=user,
        token_digest=token_digest(user.username),
        invited_by_label="书记",
        expires_at=timezone.now(),
        joined_at=timezone.now(),
    )
    return actor_of_cashier(user, cashier)

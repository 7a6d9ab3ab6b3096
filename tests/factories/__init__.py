"""One factory a model. They write past all policies: use them inside `as_owner`."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, cast

from incentives.merchants.models import Merchant
from incentives.offers.models import Offer
from organizations.accounts.models import Membership, User
from organizations.ledger.models import Organization
from tests.factories import accounts, desk, incentives, ledger, training, volunteers
from training.courses.models import Course
from training.sessions.models import Session
from volunteers.desk.models import Draft, DraftRow
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.models import Volunteer, VolunteerIdentity

__all__ = [
    "CourseFactory",
    "DraftFactory",
    "DraftRowFactory",
    "HoursSheetFactory",
    "MembershipFactory",
    "MerchantFactory",
    "OfferFactory",
    "OrganizationFactory",
    "ServiceRecordFactory",
    "SessionFactory",
    "UserFactory",
    "VolunteerFactory",
    "VolunteerIdentityFactory",
]

T = TypeVar("T")


class Make(Protocol[T]):
    """What a factory does when it is called: its metaclass hides that from type checkers."""

    def __call__(self, **fields: Any) -> T:
        """Writes one row."""

    def create_batch(self, size: int, **fields: Any) -> list[T]:
        """Writes several."""

    def build(self, **fields: Any) -> T:
        """Makes one that is not written."""


CourseFactory = cast("Make[Course]", training.CourseFactory)
SessionFactory = cast("Make[Session]", training.SessionFactory)
DraftFactory = cast("Make[Draft]", desk.DraftFactory)
DraftRowFactory = cast("Make[DraftRow]", desk.DraftRowFactory)
HoursSheetFactory = cast("Make[HoursSheet]", volunteers.HoursSheetFactory)
MerchantFactory = cast("Make[Merchant]", incentives.MerchantFactory)
OfferFactory = cast("Make[Offer]", incentives.OfferFactory)
MembershipFactory = cast("Make[Membership]", accounts.MembershipFactory)
OrganizationFactory = cast("Make[Organization]", ledger.OrganizationFactory)
ServiceRecordFactory = cast("Make[ServiceRecord]", volunteers.ServiceRecordFactory)
UserFactory = cast("Make[User]", accounts.UserFactory)
VolunteerFactory = cast("Make[Volunteer]", volunteers.VolunteerFactory)
VolunteerIdentityFactory = cast("Make[VolunteerIdentity]", volunteers.VolunteerIdentityFactory)

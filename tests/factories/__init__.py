"""One factory a model. They write past all policies: use them inside `as_owner`."""

from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.ledger import OrganizationFactory
from tests.factories.volunteers import (
    HoursSheetFactory,
    ServiceRecordFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)

__all__ = [
    "HoursSheetFactory",
    "MembershipFactory",
    "OrganizationFactory",
    "ServiceRecordFactory",
    "UserFactory",
    "VolunteerFactory",
    "VolunteerIdentityFactory",
]

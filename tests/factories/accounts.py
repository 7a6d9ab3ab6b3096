"""Accounts and memberships."""

from __future__ import annotations

from datetime import date

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from organizations.accounts.models import Membership, User

__all__ = ["MembershipFactory", "UserFactory"]


class UserFactory(DjangoModelFactory[User]):
    """An account; ``password`` is given in clear."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"member-{n}")
    name = factory.LazyAttribute(lambda user: user.username)
    password = factory.Transformer("unused but long enough", transform=make_password)


class MembershipFactory(DjangoModelFactory[Membership]):
    """A membership that holds."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = "officer"
    starts_on = date(2020, 1, 1)

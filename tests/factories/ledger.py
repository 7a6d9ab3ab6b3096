"""Organisations."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from organizations.ledger.models import Organization

__all__ = ["OrganizationFactory"]


class OrganizationFactory(DjangoModelFactory[Organization]):
    """An organisation that exists and is not yet standardised."""

    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"青年志愿者协会{n}")
    kind = "association"
    founded_on = date(2015, 3, 5)

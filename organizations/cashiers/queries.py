"""Reads of cashiers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from organizations.cashiers.models import Cashier

__all__ = ["CashierQuerySet"]


class CashierQuerySet(models.QuerySet["Cashier"]):
    """Filters that compose."""

    def standing_for(self, user_id: int) -> Self:
        """Where that account stands at a counter today."""
        return self.filter(user_id=user_id, ended_at__isnull=True)

    def open_at(self, moment: datetime) -> Self:
        """Invitations that may still be taken up."""
        return self.filter(user__isnull=True, ended_at__isnull=True, expires_at__gt=moment)

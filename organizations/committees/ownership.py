"""Abstract models of what belongs to a committee."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

__all__ = ["TIERS", "CommitteeOwned", "TieredByCommittee"]

# History keeps the committee; what is generated from it would only cost space there.
TIERS = ["tier1", "tier2", "tier3"]


class CommitteeOwned(models.Model):
    """A row of one committee. Indexes are the concrete table's own choice."""

    committee = models.ForeignKey(
        "organizations.Committee",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        verbose_name=_("committee"),
    )

    class Meta:
        abstract = True


def _tier_column(characters: int) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Left("committee_id", characters),
        output_field=models.CharField(max_length=characters, db_collation="C"),
        db_persist=True,
    )


class TieredByCommittee(CommitteeOwned):
    """A row of a large table: the keys of the tiers above are columns for policies and indexes."""

    tier1 = _tier_column(4)
    tier2 = _tier_column(8)
    tier3 = _tier_column(12)

    class Meta:
        abstract = True

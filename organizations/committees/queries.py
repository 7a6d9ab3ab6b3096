"""Reads of committees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.identity.text import plain_text
from core.tenancy.keys import AFTER_SUBTREE, ancestor_keys
from core.web.lookups import BeginsWith

if TYPE_CHECKING:
    from organizations.committees.models import Committee

__all__ = ["CommitteeQuerySet", "at_or_below"]

_BEGINS = BeginsWith.lookup_name


def at_or_below(path: str, *, key: str = "committee_id") -> Q:
    """Rows of that committee or one under it, by their column ``key``; an empty key means none."""
    if not path:
        return Q(pk__in=[])
    return Q((f"{key}__gte", path), (f"{key}__lt", path + AFTER_SUBTREE))


class CommitteeQuerySet(models.QuerySet["Committee"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """The committee with that key and everything under it; an empty key matches nothing."""
        return self.filter(at_or_below(path, key="path"))

    def children_of(self, path: str) -> Self:
        """One tier down."""
        return self.filter(parent_id=path)

    def ancestors_of(self, path: str) -> Self:
        """From the province down to the committee itself."""
        return self.filter(path__in=ancestor_keys(path)).order_by("path")

    def existing_on(self, day: date) -> Self:
        """Those open on ``day``; the closing day itself no longer counts."""
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )

    def called(self, words: str) -> Self:
        """Whose name, pinyin, initials or code begins as typed: 横荷, qingcheng, hhjd, 4418.

        Names repeat, so words before the last one narrow by what stands above: “清新 太平” finds
        the 太平镇 below 清新区. Nothing typed matches nothing.
        """
        *above, last = plain_text(words).replace("/", " ").split() or [""]
        if not last:
            return self.none()
        found = self.filter(
            Q(**{f"name__{_BEGINS}": last})
            | Q(**{f"code__{_BEGINS}": last})
            | Q(**{f"pinyin__{_BEGINS}": last.lower()})
            | Q(**{f"initials__{_BEGINS}": last.lower()})
        )
        for word in above:
            found = found.filter(full_name__contains=word)
        return found

    def with_has_children(self, day: date) -> Self:
        """Adds ``has_children``: whether any committee right below exists on ``day``."""
        children = self.model.objects.existing_on(day).filter(parent_id=OuterRef("path"))
        return self.annotate(has_children=Exists(children))

"""Rotation: values sealed with a retired key are sealed again with the active one.

Topics register their sealed columns once, in their ``models.py``; the command
``rotate_sealing_keys`` walks them. Which rows are left is read from the rows themselves, so a run
that was killed is simply run again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BinaryField, Model, Q, QuerySet, Value
from django.db.models.functions import Substr

from core.crypto.sealing import SealBroken, active_header, needs_resealing, seal, unseal

__all__ = [
    "Batch",
    "SealedColumns",
    "register_sealed_columns",
    "registered_columns",
    "reseal_next_batch",
    "rows_to_reseal",
]

ContextOf = Callable[[Any, str], str]


@dataclass(frozen=True, slots=True)
class SealedColumns:
    """The sealed columns of a table; ``context(row, field)`` is what each value was sealed for."""

    model: type[Model]
    fields: tuple[str, ...]
    context: ContextOf


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch did: rows sealed again, keys of rows that do not open, where to go on."""

    resealed: int
    broken: tuple[Any, ...]
    last: Any | None

    @property
    def is_last(self) -> bool:
        """Whether no row was left to look at."""
        return self.last is None


_registry: dict[str, SealedColumns] = {}


def register_sealed_columns(
    model: type[Model], *, fields: Sequence[str], context: ContextOf
) -> SealedColumns:
    """Announces the sealed columns of ``model``, nullable `BinaryField`s or not.

    Raises `ValueError` when the model was registered before or a field is no `BinaryField`.
    """
    label = model._meta.label
    if label in _registry:
        raise ValueError(f"The sealed columns of {label} are registered already.")
    for name in fields:
        if not isinstance(model._meta.get_field(name), BinaryField):
            raise ValueError(f"{label}.{name} is no BinaryField.")
    _registry[label] = SealedColumns(model, tuple(fields), context)
    return _registry[label]


def registered_columns() -> list[SealedColumns]:
    """All registered tables, by label."""
    return [_registry[label] for label in sorted(_registry)]


def rows_to_reseal(columns: SealedColumns) -> QuerySet[Model]:
    """The rows with at least one value that was not sealed with the active key."""
    header = active_header()
    stale = Q()
    rows = columns.model._base_manager.all()
    for name in columns.fields:
        head = f"{name}_head"
        rows = rows.alias(**{head: Substr(name, 1, len(header))})
        stale |= Q(**{f"{name}__isnull": False}) & ~Q(
            **{head: Value(header, output_field=BinaryField())}
        )
    return rows.filter(stale)


def reseal_next_batch(columns: SealedColumns, *, after: Any | None, size: int) -> Batch:
    """Seals the next ``size`` stale rows again, in the order of their keys, in one transaction.

    Rows are locked, so nothing that is written meanwhile is lost. A row that does not open stays
    as it is and is named in the result, for a person to look at.
    """
    with transaction.atomic():
        rows = rows_to_reseal(columns).order_by("pk").select_for_update()
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found = list(rows[:size])
        broken = [row.pk for row in found if not _reseal(row, columns)]
        resealed = [row for row in found if row.pk not in broken]
        if resealed:
            columns.model._base_manager.bulk_update(resealed, columns.fields)
    return Batch(len(resealed), tuple(broken), found[-1].pk if found else None)


def _reseal(row: Model, columns: SealedColumns) -> bool:
    """Seals the row's stale values again in memory; False when one of them does not open."""
    renewed: dict[str, bytes] = {}
    try:
        for name in columns.fields:
            value = getattr(row, name)
            if value is not None and needs_resealing(value):
                context = columns.context(row, name)
                renewed[name] = seal(unseal(value, context=context), context=context)
    except SealBroken:
        return False
    for name, value in renewed.items():
        setattr(row, name, value)
    return True

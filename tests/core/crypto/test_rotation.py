"""Rotation seals every stale value again, loses nothing and can be stopped anywhere."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from core.crypto import rotation
from core.crypto.rotation import (
    SealedColumns,
    register_sealed_columns,
    registered_columns,
    reseal_next_batch,
    rows_to_reseal,
)
from core.crypto.sealing import SealKeyMissing, needs_resealing, seal, sealing_context, unseal
from tests.core.crypto.keyrings import seal_key, sealing_with

OLD, NEW = seal_key("2025"), seal_key("2026", "sm4-gcm")
ROWS = 7

with isolate_apps("core"):

    class Safe(models.Model):
        """A table with one value that must be there and one that may be missing."""

        id = models.BigIntegerField(primary_key=True)
        number = models.BinaryField()
        phone = models.BinaryField(null=True)
        note = models.TextField()

        class Meta:
            app_label = "core"
            db_table = "test_safe"

        def __str__(self) -> str:
            return str(self.pk)


def context_of(row: Safe, field: str) -> str:
    return sealing_context(f"safe.{field}", row.pk)


@pytest.fixture
def columns(db: None, monkeypatch: pytest.MonkeyPatch) -> SealedColumns:
    """The registered columns of an empty table that background jobs reach."""
    monkeypatch.setattr(rotation, "_registry", {})
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE test_safe"
            " (id bigint PRIMARY KEY, number bytea NOT NULL, phone bytea, note text NOT NULL)"
        )
        cursor.execute("GRANT SELECT, UPDATE ON test_safe TO portal_job")
    return register_sealed_columns(Safe, fields=["number", "phone"], context=context_of)


@pytest.fixture
def old_rows(columns: SealedColumns) -> Iterator[None]:
    """Rows sealed with the old key; every second one has a phone. Leaves the new key active."""
    with sealing_with(OLD):
        Safe._base_manager.bulk_create([make_row(key) for key in range(1, ROWS + 1)])
    with sealing_with(NEW, OLD):
        yield


def make_row(key: int) -> Safe:
    row = Safe(id=key, note=f"note {key}")
    row.number = seal(f"number {key}", context=context_of(row, "number"))
    if key % 2:
        row.phone = seal(f"phone {key}", context=context_of(row, "phone"))
    return row


def rotate(**options: Any) -> str:
    shown = StringIO()
    call_command("rotate_sealing_keys", stdout=shown, **options)
    return shown.getvalue()


def assert_all_open_without_the_old_key() -> None:
    with sealing_with(NEW):
        for row in Safe._base_manager.all():
            assert unseal(row.number, context=context_of(row, "number")) == f"number {row.pk}"
            assert (row.phone is not None) == bool(row.pk % 2)
            if row.phone is not None:
                assert unseal(row.phone, context=context_of(row, "phone")) == f"phone {row.pk}"


@pytest.mark.usefixtures("old_rows")
def test_old_rows_do_not_open_without_the_old_key() -> None:
    """What the other tests rely on: until rotation has run, the old key is needed."""
    with pytest.raises(SealKeyMissing):
        assert_all_open_without_the_old_key()


@pytest.mark.usefixtures("old_rows")
@pytest.mark.parametrize("batch_size", [1, 3, ROWS, 500])
def test_command_seals_every_row_again(batch_size: int) -> None:
    shown = rotate(batch_size=batch_size)

    assert_all_open_without_the_old_key()
    assert "7 of 7" in shown
    assert "these keys may go: 2025" in shown


@pytest.mark.usefixtures("old_rows")
def test_command_run_again_changes_nothing() -> None:
    rotate()
    before = list(Safe._base_manager.order_by("pk").values_list())
    shown = rotate()

    assert list(Safe._base_manager.order_by("pk").values_list()) == before
    assert "core.Safe: 0 rows" in shown


@pytest.mark.usefixtures("old_rows")
def test_command_goes_on_where_it_was_killed(
    columns: SealedColumns, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def seal_and_die(row: Safe, fields: SealedColumns) -> bool:
        if row.pk == 5:
            raise Killed
        return reseal(row, fields)

    reseal = rotation._reseal
    monkeypatch.setattr(rotation, "_reseal", seal_and_die)
    with pytest.raises(Killed):
        rotate(batch_size=2)
    monkeypatch.setattr(rotation, "_reseal", reseal)
    assert list(rows_to_reseal(columns).order_by("pk").values_list("pk", flat=True)) == [5, 6, 7]

    assert "3 of 3" in rotate(batch_size=2)
    assert_all_open_without_the_old_key()


@pytest.mark.usefixtures("old_rows")
def test_command_names_rows_that_do_not_open_and_seals_the_others() -> None:
    swapped = Safe._base_manager.get(pk=2)
    Safe._base_manager.filter(pk=3).update(number=swapped.number)

    with pytest.raises(CommandError, match=r"(?s)1 rows do not open.*core\.Safe 3"):
        rotate(batch_size=2)

    stale = [row.pk for row in Safe._base_manager.all() if needs_resealing(row.number)]
    assert stale == [3]
    assert bytes(Safe._base_manager.get(pk=3).number) == bytes(swapped.number)


@pytest.mark.usefixtures("old_rows")
def test_batch_leaves_other_columns_alone(columns: SealedColumns) -> None:
    reseal_next_batch(columns, after=None, size=ROWS)

    assert list(Safe._base_manager.order_by("pk").values_list("note", flat=True)) == [
        f"note {key}" for key in range(1, ROWS + 1)
    ]


def test_batch_of_an_empty_table_is_the_last(columns: SealedColumns) -> None:
    batch = reseal_next_batch(columns, after=None, size=10)

    assert batch.is_last
    assert batch.resealed == 0


def test_batch_size_must_be_positive(columns: SealedColumns) -> None:
    with pytest.raises(CommandError, match="at least 1"):
        rotate(batch_size=0)


def test_registry_refuses_a_second_entry_and_other_fields(columns: SealedColumns) -> None:
    assert registered_columns() == [columns]
    with pytest.raises(ValueError, match="registered already"):
        register_sealed_columns(Safe, fields=["number"], context=context_of)


def test_registry_refuses_a_field_that_holds_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "_registry", {})
    with pytest.raises(ValueError, match="note is no BinaryField"):
        register_sealed_columns(Safe, fields=["note"], context=context_of)

"""``manage.py rotate_sealing_keys``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.crypto.keys import key_ring
from core.crypto.rotation import (
    SealedColumns,
    registered_columns,
    reseal_next_batch,
    rows_to_reseal,
)
from core.tenancy.scope import Scope, acting_as

_SCOPE = Scope.for_job("rotate_sealing_keys")
_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Seal every identifier with the first key of SEAL_KEYS. Safe to kill and to run again; "
        "retired keys may leave the settings once it ends well."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch-size", type=int, default=500, help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch_size"] < 1:
            raise CommandError("--batch-size must be at least 1.")
        broken = [
            f"{columns.model._meta.label} {key}"
            for columns in registered_columns()
            for key in self._rotate(columns, options["batch_size"])
        ]
        if broken:
            listed = "\n".join(broken[:_SHOWN])
            raise CommandError(
                f"{len(broken)} rows do not open and were left as they are; keep the retired keys. "
                f"The first of them:\n{listed}"
            )
        self._say_which_keys_may_go()

    def _rotate(self, columns: SealedColumns, batch_size: int) -> list[Any]:
        """Seals one table again, a scope and transaction a batch; returns what does not open."""
        label = columns.model._meta.label
        with acting_as(_SCOPE, statement_timeout_ms=0):
            total = rows_to_reseal(columns).count()
        self.stdout.write(f"{label}: {total} rows to seal again")
        broken: list[Any] = []
        resealed, last = 0, None
        while True:
            with acting_as(_SCOPE, reason="rotate_sealing_keys", statement_timeout_ms=0):
                batch = reseal_next_batch(columns, after=last, size=batch_size)
            if batch.is_last:
                return broken
            resealed, last = resealed + batch.resealed, batch.last
            broken.extend(batch.broken)
            self.stdout.write(f"{label}: {resealed} of {total}")
            self.stdout.flush()

    def _say_which_keys_may_go(self) -> None:
        ring = key_ring()
        retired = [key for key in ring.keys if key != ring.active.id]
        self.stdout.write(f"Every value is sealed with {ring.active.id}.")
        if retired:
            self.stdout.write(
                f"Once no process runs with older settings, these keys may go: {', '.join(retired)}"
            )

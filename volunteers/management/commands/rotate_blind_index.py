"""``manage.py rotate_blind_index``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.crypto.blind_index import indexes_change
from core.tenancy.scope import Scope, acting_as
from volunteers.registry.domain.rotating import rotate_next_batch

_SCOPE = Scope.for_job("rotate_blind_index")
_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Make every blind index anew with BLIND_INDEX_KEY, from what stands under "
        "BLIND_INDEX_OLD_KEY. Safe to kill and to run again; --after goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch-size", type=int, default=500, help="rows in one transaction")
        parser.add_argument("--after", type=int, default=0, help="the last key that was printed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch_size"] < 1:
            raise CommandError("--batch-size must be at least 1.")
        if not indexes_change():
            raise CommandError("Set BLIND_INDEX_OLD_KEY to the key of before.")
        last: int | None = options["after"]
        renewed = 0
        broken: list[int] = []
        while last is not None:
            with acting_as(_SCOPE, reason="rotate_blind_index", statement_timeout_ms=0):
                batch = rotate_next_batch(after=last, size=options["batch_size"])
            renewed, last = renewed + batch.renewed, batch.last
            broken.extend(batch.broken)
            if last is not None:
                self.stdout.write(f"{renewed} indexes renewed, up to {last}")
                self.stdout.flush()
        if broken:
            listed = ", ".join(map(str, broken[:_SHOWN]))
            message = f"{len(broken)} rows do not open; keep the old key. The first: {listed}"
            raise CommandError(message)
        self.stdout.write("Every index is new. Take BLIND_INDEX_OLD_KEY out of the settings.")

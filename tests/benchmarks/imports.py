"""The import of a large sheet of hours, beside django-import-export; speed and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter

import psutil
from django.db import transaction
from django.utils import timezone
from tablib import Dataset

from core.crypto.sealing import unseal
from core.tenancy.owner import owner_connection
from core.tenancy.scope import acting_as
from tests.benchmarks.figures import Figure, at_least, at_most, told
from tests.benchmarks.peer import HoursResource
from tests.benchmarks.processes import ROOT
from tests.benchmarks.sheets import HEADERS, Person, SheetRow, hour_rows, write_sheet
from tests.benchmarks.stage import Stage
from volunteers.hours.models import HoursSheet, RecordSource
from volunteers.registry.models import Volunteer, identity_context

__all__ = ["measure"]

ROWS = 100_000
PEER_ROWS = 3_000
ROUNDS = 3
MEGABYTE = 1024 * 1024
_LOOK_SECONDS = 0.01
_MOST_PEOPLE = 2_000
_TITLE = "benchmark.xlsx"
# As if it had never been: also out of history, which no role of the portal could.
_FORGET = """
    DELETE FROM volunteers_servicerecordhistory WHERE sheet_id IN ({sheets});
    DELETE FROM volunteers_servicerecord WHERE sheet_id IN ({sheets});
    DELETE FROM volunteers_hourssheet WHERE id IN ({sheets});
""".format(sheets=f"SELECT id FROM volunteers_hourssheet WHERE title = '{_TITLE}'")


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: seconds, and bytes that all its processes held at the worst moment."""

    seconds: float
    memory: int


def measure(stage: Stage) -> list[Figure]:
    """Both in turns, on the same committee and the same rows; the peer gets fewer of them."""
    # Records of the last year stand already.
    newest = timezone.localdate() - timedelta(days=400)
    rows = list(hour_rows(_people(stage), ROWS, newest=newest))
    ours, peers = [], []
    with TemporaryDirectory() as folder:
        path = Path(folder) / _TITLE
        write_sheet(path, rows)
        for _ in range(ROUNDS):
            ours.append(_import(stage, path, rows))
            _forget()
            peers.append(_import_by_peer(stage, rows[:PEER_ROWS]))
    return _figures(
        ROWS / median(each.seconds for each in ours),
        PEER_ROWS / median(peers),
        max(each.memory for each in ours),
    )


def _figures(ours: float, peer: float, memory: int) -> list[Figure]:
    return [
        told(f"rows a second of {ROWS:,}", ours, "", peer=f"{peer:,.0f} django-import-export"),
        at_least("import beside django-import-export", ours / peer, "×", limit=10.0,
                 ratio="aim 40 ×"),
        at_most("memory of all its processes", memory / MEGABYTE, "MB", limit=300.0),
    ]  # fmt: skip


def _people(stage: Stage) -> list[Person]:
    with acting_as(stage.county.actor.scope):
        found = Volunteer.objects.below(stage.county.path).select_related("identity")
        return [
            Person(
                volunteer.name,
                unseal(
                    bytes(volunteer.identity.number_sealed),
                    context=identity_context(volunteer.pk, "number_sealed"),
                ),
            )
            for volunteer in found.order_by("pk")[:_MOST_PEOPLE]
        ]


def _import(stage: Stage, path: Path, rows: Sequence[SheetRow]) -> Imported:
    membership = stage.recorder.membership
    assert membership is not None
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.import_process", str(path), str(membership.pk)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    memory = _peak_memory(process)
    answer, _ = process.communicate()
    said = json.loads(answer)
    sound = sum(row.is_sound for row in rows)
    if (said["accepted"], said["refused"]) != (sound, len(rows) - sound):
        message = f"{said} where {sound} of {len(rows)} rows are sound."
        raise AssertionError(message)
    return Imported(said["seconds"], memory)


def _peak_memory(process: subprocess.Popen[bytes]) -> int:
    """The most that the process and its children held together; shared pages count for each."""
    watched = psutil.Process(process.pid)
    most = 0
    while process.poll() is None:
        held = 0
        with suppress(psutil.NoSuchProcess):
            for each in [watched, *watched.children(recursive=True)]:
                held += each.memory_info().rss
        most = max(most, held)
        Event().wait(_LOOK_SECONDS)
    return most


def _import_by_peer(stage: Stage, rows: Sequence[SheetRow]) -> float:
    committee = stage.recorder.committee
    assert committee is not None
    dataset = Dataset(*(row.cells for row in rows), headers=HEADERS)
    with acting_as(stage.recorder.scope, statement_timeout_ms=0):
        sheet = HoursSheet.objects.create(
            committee=committee,
            title=_TITLE,
            source=RecordSource.IMPORT,
            recorded_by=stage.recorder.user,
            recorded_by_label=stage.recorder.label,
        )
        resource = HoursResource(stage.recorder, sheet)
        started = perf_counter()
        result = resource.import_data(dataset, use_transactions=False, raise_errors=False)
        seconds = perf_counter() - started
        failures = [*result.base_errors, *(each for _, row in result.row_errors() for each in row)]
        if failures:
            raise failures[0].error
        taken = sheet.records.count()
        transaction.set_rollback(True)
    sound = sum(row.is_sound for row in rows)
    if taken != sound:
        message = f"The peer took {taken} rows where {sound} are sound."
        raise AssertionError(message)
    return seconds


def _forget() -> None:
    with owner_connection() as owner:
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            owner.execute(_FORGET)
        owner.execute("VACUUM ANALYZE volunteers_servicerecord, volunteers_servicerecordhistory")

"""``python -m tests.benchmarks.import_process FILE MEMBERSHIP``: one import, as a job does it.

A process of its own, so that its memory can be measured. Prints a JSON object: seconds, accepted,
refused.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

import django


def main(path: Path, membership: int) -> None:
    """Reads and imports the sheet; the clock runs from the file to the commit."""
    from core.tenancy.scope import acting_as  # noqa: PLC0415
    from core.workbooks.isolation import read_in_child  # noqa: PLC0415
    from organizations.accounts.scopes import actor_for_membership_id  # noqa: PLC0415
    from volunteers.hours.imports import HOURS_COLUMNS, import_hours  # noqa: PLC0415

    actor = actor_for_membership_id(membership)
    committee = actor.committee
    assert committee is not None
    started = perf_counter()
    with acting_as(actor.scope, statement_timeout_ms=0):
        with read_in_child(path, HOURS_COLUMNS) as sheet:
            result = import_hours(
                sheet, committee=committee, actor=actor, title=path.name, evidence=path.name
            )
    seconds = perf_counter() - started
    told = {
        "seconds": seconds,
        "accepted": result.accepted,
        "refused": len(result.refused),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]))

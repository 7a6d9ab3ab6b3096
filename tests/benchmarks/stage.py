"""The benchmarks' own embedded server: roles, tables, committees, people and records."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from portal.servers import ensure_servers, stop_servers
from portal.servers.environment import var_dir
from tests.benchmarks.figures import say

if TYPE_CHECKING:
    from organizations.accounts.actors import Actor

__all__ = ["Area", "Scale", "Stage", "open_stage"]

SETTINGS = "tests.benchmarks.settings"
_SEEDED = "seeded.json"
# Of one tier: where most records lie. Counties only at the third, where some cities have townships.
_BUSIEST = """
    SELECT t.committee_id, c.code, c.name, sum(t.records)::int
    FROM volunteers_hourstotal t JOIN organizations_committee c ON c.path = t.committee_id
    WHERE c.level = %s AND t.kind = ''
    GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is to search in."""

    records: int
    volunteers: int

    def __str__(self) -> str:
        return f"{self.records:,} records of {self.volunteers:,} volunteers"


@dataclass(frozen=True, slots=True)
class Area:
    """A committee with who acts for it."""

    path: str
    code: str
    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Stage:
    """What benchmarks play on: the province, its busiest city, its busiest county."""

    scale: Scale
    folder: Path
    province: Area
    city: Area
    county: Area
    recorder: Actor


@contextmanager
def open_stage(scale: Scale) -> Iterator[Stage]:
    """Starts the servers, brings the database to ``scale``, and stops them afterwards.

    The data stays under ``VAR_DIR/bench`` for the next time. Never touches another database,
    whatever DATABASE_URL says: ten million invented records have no place there.
    """
    folder = var_dir() / "bench" / f"{scale.records}-{scale.volunteers}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(folder.parent / "lock"):
        yield from _open_stage(scale, folder)


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Two at once would measure each other."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"Other benchmarks are running: {path} is locked."
            raise SystemExit(message) from None
        yield


def _open_stage(scale: Scale, folder: Path) -> Iterator[Stage]:
    seeded = folder / _SEEDED
    if folder.exists() and not seeded.exists():
        say("An earlier load was interrupted; beginning again.")
        stop_servers(folder)
        shutil.rmtree(folder)
    folder.mkdir(exist_ok=True)
    try:
        _set_up_django(folder)
        _migrate()
        if not seeded.exists():
            _seed(scale)
            seeded.write_text(json.dumps(asdict(scale)), encoding="utf-8")
        yield _stage(scale, folder)
    finally:
        _close_connections()
        stop_servers(folder)


def _set_up_django(folder: Path) -> None:
    addresses = ensure_servers(folder)
    for name in addresses:
        os.environ.pop(f"{name}_FILE", None)
    quiet = {"LOG_LEVEL": "WARNING"}
    place = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": SETTINGS}
    os.environ.update(addresses | place | quiet)
    # Only now: settings read the addresses as they are imported.
    import django  # noqa: PLC0415

    django.setup()


def _migrate() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("create_roles", verbosity=0, stdout=StringIO())
    call_command("migrate", verbosity=0)


def _seed(scale: Scale) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from portal.demo.loading import DATA  # noqa: PLC0415

    call_command("load_divisions", str(DATA / "divisions-44-guangdong.csv"))
    call_command("seed_scale", volunteers=scale.volunteers, records=scale.records)


def _stage(scale: Scale, folder: Path) -> Stage:
    province = _area("province", "officer")
    _load_ledger(province)
    county = _area("county", "secretary")
    return Stage(
        scale=scale,
        folder=folder,
        province=province,
        city=_area("city", "officer"),
        county=county,
        recorder=_member("county-recorder", county.code, "recorder"),
    )


def _area(level: str, role: str) -> Area:
    from core.tenancy.owner import owner_connection  # noqa: PLC0415

    with owner_connection() as owner:
        found = owner.execute(_BUSIEST, [level]).fetchone()
    if found is None:
        message = f"No {level} has any records."
        raise LookupError(message)
    path, code, name, _records = map(str, found)
    return Area(path, code, name, _member(level, code, role))


def _member(login: str, code: str, role: str) -> Actor:
    from core.tenancy.scope import Scope, acting_as  # noqa: PLC0415
    from organizations.accounts.domain import create_member  # noqa: PLC0415
    from organizations.accounts.models import MemberRole  # noqa: PLC0415
    from organizations.accounts.scopes import actor_for_membership_id  # noqa: PLC0415

    with acting_as(Scope.for_job("benchmarks")):
        made = create_member(
            username=f"bench-{login}", committee_code=code, role=MemberRole(role), name=login
        )
    return actor_for_membership_id(made.membership.pk)


def _load_ledger(province: Area) -> None:
    from core.tenancy.scope import acting_as  # noqa: PLC0415
    from organizations.ledger.imports import import_ledger  # noqa: PLC0415
    from organizations.ledger.models import Organization  # noqa: PLC0415
    from portal.demo.loading import WORKBOOKS  # noqa: PLC0415

    with acting_as(province.actor.scope, statement_timeout_ms=0):
        if not Organization.objects.exists():
            import_ledger(WORKBOOKS / "ledger-guangdong-2021.xlsx", actor=province.actor)


def _close_connections() -> None:
    from django.db import connections  # noqa: PLC0415

    connections.close_all()

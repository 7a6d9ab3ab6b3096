"""Scans of devices over HTTP, beside pgbench that stores the same rows by one statement.

Each scan is proven, judged and stored: the token, the sign-up, the hours of the door, who is in
already. The peer knows the key of the sign-up, asks nothing else and is a client in C.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
from django.utils import timezone

from core.tenancy.owner import owner_connection
from core.tenancy.scope import acting_as
from tests.benchmarks.figures import Figure, at_least, at_most, told
from tests.benchmarks.load import HOST, Load
from tests.benchmarks.pgbench import pgbench_rate
from tests.benchmarks.posts import post_many
from tests.benchmarks.serving import served
from tests.benchmarks.stage import Area, Stage
from volunteers.activities.models import Activity
from volunteers.checkins.domain import issue_device
from volunteers.checkins.summary.codes import signup_code

__all__ = ["measure"]

PEOPLE = 4000
REQUESTS = 12_000
WARM_UP = 800
PEER_SECONDS = 6
# Connections, and the p95 that they may take.
LINES = {8: 10.0, 32: 25.0}
SHARE_OF_PEER = 0.2
CPU_MILLISECONDS = 0.9
_ACTIVITY = """
    INSERT INTO volunteers_activity (committee_id, title, kind, content, place, responsible_person,
        responsible_phone, invited, invited_group, visibility, needed_skills, withdrawal_hours,
        risks, insured, state, created_by_label, created_at, hands, reviewed_by_label, reviewed_at,
        settled_by_label, reason)
    VALUES (%s, 'bench', 'environment', 'bench', 'bench', 'bench', '0', 'everybody', '', 'hidden',
        '{}', 24, '', false, 'published', 'bench', now(), '{}', '', now(), '', '') RETURNING id
"""
_SHIFT = """
    INSERT INTO volunteers_shift
        (committee_id, activity_id, starts_at, ends_at, places, reserve, taken, waiting)
    VALUES (%s, %s, now() - interval '10 minutes', now() + interval '3 hours', %s, 0, 0, 0)
    RETURNING id
"""
_SIGNUPS = """
    INSERT INTO volunteers_signup (committee_id, activity_id, shift_id, volunteer_id,
        volunteer_name, volunteer_number, during, state, asked_at, asked_by_label, reason)
    SELECT h.committee_id, h.activity_id, h.id, v.id, v.name, v.number,
        tstzrange(h.starts_at, h.ends_at), 'placed', now(), 'bench', ''
    FROM volunteers_shift h, (SELECT * FROM volunteers_volunteer v
                              WHERE v.state = 'active' ORDER BY v.id LIMIT %s) v
    WHERE h.id = %s RETURNING id
"""
_PEER = """
\\set place random(1, {people})
INSERT INTO volunteers_checkin
    (committee_id, signup_id, shift_id, direction, way, at, received_at, nonce, by_label)
SELECT s.committee_id, s.id, s.shift_id, 'in', 'kiosk', now(), now(), gen_random_uuid(), 'bench'
FROM volunteers_signup s WHERE s.id = {first} + :place - 1 AND s.state = 'placed'
ON CONFLICT (nonce) DO NOTHING;
"""
_CLEAR = (
    "DELETE FROM volunteers_checkin WHERE shift_id = %s",
    "DELETE FROM volunteers_signup WHERE shift_id = %s",
    "DELETE FROM volunteers_doordevice d USING volunteers_shift h"
    " WHERE h.id = %s AND d.activity_id = h.activity_id",
)


@dataclass(frozen=True, slots=True)
class _Door:
    """A shift that runs now, those with a place in it, and a device's token."""

    shift: int
    signups: Sequence[int]
    token: str


def measure(stage: Stage) -> list[Figure]:
    """At 8 and at 32 connections, each beside pgbench with as many."""
    figures: list[Figure] = []
    with _door(stage.county) as door, served(stage.folder) as port:
        post_many(port, _lines(door, connections=8, requests=WARM_UP))
        for count, limit in LINES.items():
            load, cpu = _measured(port, door, connections=count)
            peer = _peer(stage.folder, door, connections=count)
            figures += [
                at_least(
                    f"scans at {count} connections beside pgbench",
                    load.rate / peer,
                    "×",
                    limit=SHARE_OF_PEER,
                    peer=f"{peer:,.0f}/s pgbench",
                    ratio=f"{load.rate:,.0f}/s",
                ),
                at_most(f"    p95 at {count}", load.percentile(95) * 1000, "ms", limit=limit),
                at_most(
                    f"    CPU of a scan at {count}, web and database",
                    cpu,
                    "ms",
                    limit=CPU_MILLISECONDS,
                ),
            ]
        stored = _count(door)
    sent = WARM_UP + REQUESTS * len(LINES)
    assert stored == sent, f"{stored} rows of {sent} scans"
    return [*figures, told("rows of as many scans", stored, "rows")]


@contextmanager
def _door(area: Area) -> Iterator[_Door]:
    """Everybody has a place; taken away again at the end."""
    with owner_connection() as owner:
        found = owner.execute(_ACTIVITY, [area.path]).fetchone()
        assert found is not None
        activity = int(str(found[0]))
        found = owner.execute(_SHIFT, [area.path, activity, PEOPLE]).fetchone()
        assert found is not None
        shift = int(str(found[0]))
        signups = [int(str(row[0])) for row in owner.execute(_SIGNUPS, [PEOPLE, shift])]
        owner.execute("ANALYZE volunteers_signup, volunteers_checkin")
        with acting_as(area.actor.scope):
            called = Activity.objects.get(pk=activity)
            _device, token = issue_device(called, actor=area.actor, name="bench")
        try:
            yield _Door(shift, signups, token)
        finally:
            for statement in _CLEAR:
                owner.execute(statement, [shift])


def _lines(door: _Door, *, connections: int, requests: int) -> list[list[bytes]]:
    """Each connection has people of its own, who come and go in turn."""
    share = requests // connections
    people = [door.signups[number::connections] for number in range(connections)]
    return [
        [_request(door, own[at % len(own)], at // len(own)) for at in range(share)]
        for own in people
    ]


def _request(door: _Door, signup: int, turn: int) -> bytes:
    body = json.dumps(
        {
            "token": signup_code(signup),
            "nonce": str(uuid4()),
            "direction": "out" if turn % 2 == 0 else "in",
            "at": timezone.localtime().isoformat(),
            "source": "desk_scan",
        }
    ).encode()
    head = (
        f"POST /api/v1/check-ins/ HTTP/1.1\r\nHost: {HOST}\r\n"
        f"Authorization: Device {door.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _measured(port: int, door: _Door, *, connections: int) -> tuple[Load, float]:
    """The load, and milliseconds of CPU for each scan of the processes that serve."""
    lines = _lines(door, connections=connections, requests=REQUESTS)
    before = _cpu_seconds()
    load = post_many(port, lines)
    return load, (_cpu_seconds() - before) / len(load.latencies) * 1000


def _cpu_seconds() -> float:
    """Of this process's servers and of the database: all but this client."""
    own = psutil.Process()
    servers = own.children(recursive=True)
    backends = [each for each in psutil.process_iter(["name"]) if each.info["name"] == "postgres"]
    return sum(_spent(each) for each in {*servers, *backends})


def _spent(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _peer(folder: Path, door: _Door, *, connections: int) -> float:
    """Rows a second of pgbench, prepared, with as many clients."""
    text = _PEER.format(people=len(door.signups), first=door.signups[0])
    return pgbench_rate(folder, text, connections=connections, seconds=PEER_SECONDS)


def _count(door: _Door) -> int:
    with owner_connection() as owner:
        found = owner.execute(
            "SELECT count(*) FROM volunteers_checkin WHERE shift_id = %s AND by_id IS NOT NULL",
            [door.shift],
        ).fetchone()
    assert found is not None
    return int(str(found[0]))

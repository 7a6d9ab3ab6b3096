"""One hot offer redeemed by tills over HTTP, beside pgbench that stores the same by one statement.

Each redemption is read from its code, proven and judged: till, offer, agreement, who the person is,
stars, hours of the year, limits of the day, month and in all, the stock. The peer knows the person,
asks nothing but the stock, and is a client in C.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from core.tenancy.owner import owner_connection
from core.tenancy.scope import acting_as
from incentives.offers.models import Offer
from incentives.redemptions.domain import issue_till
from incentives.redemptions.summary.codes import person_code
from tests.benchmarks.figures import Figure, at_least, told
from tests.benchmarks.load import HOST
from tests.benchmarks.pgbench import pgbench_rate
from tests.benchmarks.posts import post_many
from tests.benchmarks.serving import served
from tests.benchmarks.stage import Area, Stage

__all__ = ["measure"]

CONNECTIONS = 32
PEOPLE = 4000
ROUNDS = 2
BEYOND = 640
RATE = 1000.0
PEER_SECONDS = 6
_MERCHANT = """
    INSERT INTO incentives_merchant (committee_id, name, category, licence, contact_person,
        contact_phone, agreement, agreed_from, agreed_until, suspend_reason)
    VALUES (%s, 'bench', 'meals', %s, 'bench', '0', '', current_date - 1, current_date + 1, '')
    RETURNING id
"""
_OFFER = """
    INSERT INTO incentives_offer (committee_id, merchant_id, title, kind, terms, min_stars,
        min_minutes, starts_on, ends_on, weekdays, per_day, per_month, per_person, stock, state,
        created_by_label, created_at, reviewed_by_label, reason)
    VALUES (%s, %s, 'bench', 'gift', '', 0, 1, current_date - 1, current_date + 1, '{}', 9, 99, 999,
        %s, 'published', 'bench', now(), '', '') RETURNING id
"""
_STOCK = "INSERT INTO incentives_offerstock (offer_id, committee_id, taken) VALUES (%s, %s, 0)"
# Who has served this year and lives below the committee.
_PEOPLE = """
    SELECT v.id FROM volunteers_volunteer v
    WHERE v.state = 'active' AND v.tier2 = %s AND EXISTS (
        SELECT FROM volunteers_servicerecord r WHERE r.volunteer_id = v.id
          AND r.state = 'confirmed' AND r.served_on >= date_trunc('year', now()))
    ORDER BY v.id LIMIT %s
"""
_PEER = """
WITH taken AS (
    UPDATE incentives_offerstock SET taken = taken + 1
    WHERE offer_id = {offer} AND taken < 1000000000 RETURNING offer_id)
INSERT INTO incentives_redemption
    (committee_id, offer_id, merchant_id, volunteer_id, offer_title, stars, step, is_late, nonce,
     redeemed_on, redeemed_at, by_label, reversed_by_label, reverse_reason)
SELECT o.committee_id, o.id, o.merchant_id, {first}, 'bench', 0, nextval('bench_step'), false,
    gen_random_uuid(), current_date, now(), 'bench', '', ''
FROM taken JOIN incentives_offer o ON o.id = taken.offer_id;
"""


@dataclass(frozen=True, slots=True)
class _Counter:
    """An offer, the people who may use it, and a till's token."""

    offer: int
    people: Sequence[int]
    token: str


def measure(stage: Stage) -> list[Figure]:
    """As many as the stock allows and some more, from 32 connections."""
    sent = 0
    with _counter(stage.city) as counter, served(stage.folder) as port:
        wanted = len(counter.people) * ROUNDS
        with owner_connection() as owner:
            owner.execute(
                "UPDATE incentives_offer SET stock = %s WHERE id = %s", [wanted, counter.offer]
            )
        load = post_many(port, _lines(counter))
        sent = len(load.latencies)
        refused = post_many(port, _beyond(counter), status=b"409")
        stored, taken = _stored(counter)
        peer = _peer(stage.folder, counter)
    assert stored == taken == wanted == sent, f"{stored} rows, {taken} counted, {wanted} in stock"
    return [
        at_least(
            f"redemptions of one offer at {CONNECTIONS} connections",
            load.rate,
            "/s",
            limit=RATE,
            peer=f"{peer:,.0f}/s pgbench",
            ratio=f"{load.rate / peer:.2f} ×",
        ),
        told("    p95", load.percentile(95) * 1000, "ms"),
        told("    rows of a stock of as many", stored, "rows"),
        told("    refused beyond it", len(refused.latencies), "answers"),
    ]


@contextmanager
def _counter(area: Area) -> Iterator[_Counter]:
    """A merchant of the city; taken away again at the end."""
    with owner_connection() as owner:
        merchant = _key(owner.execute(_MERCHANT, [area.path, uuid4().hex[:18]]).fetchone())
        offer = _key(owner.execute(_OFFER, [area.path, merchant, 1]).fetchone())
        owner.execute(_STOCK, [offer, area.path])
        people = [_key(row) for row in owner.execute(_PEOPLE, [area.path, PEOPLE])]
        owner.execute("CREATE SEQUENCE IF NOT EXISTS bench_step")
        with acting_as(area.actor.scope):
            shop = Offer.objects.select_related("merchant").get(pk=offer).merchant
            _till, token = issue_till(shop, actor=area.actor, name="bench")
        try:
            yield _Counter(offer, people, token)
        finally:
            owner.execute("DROP SEQUENCE bench_step")
            for table in ("redemption", "offerstock"):
                owner.execute(f"DELETE FROM incentives_{table} WHERE offer_id = %s", [offer])
            for table, column in (("till", "merchant_id"), ("offer", "merchant_id")):
                owner.execute(f"DELETE FROM incentives_{table} WHERE {column} = %s", [merchant])
            owner.execute("DELETE FROM incentives_merchant WHERE id = %s", [merchant])


def _key(row: tuple[object, ...] | None) -> int:
    assert row is not None
    return int(str(row[0]))


def _lines(counter: _Counter) -> list[list[bytes]]:
    """Each connection has people of its own, each with a code for every round."""
    shares = [counter.people[number::CONNECTIONS] for number in range(CONNECTIONS)]
    return [
        [_request(counter, person, steps) for steps in range(ROUNDS) for person in share]
        for share in shares
    ]


def _beyond(counter: _Counter) -> list[list[bytes]]:
    people = counter.people[:BEYOND]
    return [
        [_request(counter, person, ROUNDS) for person in people[number::CONNECTIONS]]
        for number in range(CONNECTIONS)
    ]


def _request(counter: _Counter, person: int, steps: int) -> bytes:
    at = timezone.now() - timedelta(seconds=30 * steps)
    body = json.dumps(
        {"code": person_code(person, at=at), "offer": counter.offer, "nonce": str(uuid4())}
    ).encode()
    head = (
        f"POST /api/v1/redemptions/ HTTP/1.1\r\nHost: {HOST}\r\n"
        f"Authorization: Till {counter.token}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _stored(counter: _Counter) -> tuple[int, int]:
    with owner_connection() as owner:
        rows = _key(
            owner.execute(
                "SELECT count(*) FROM incentives_redemption WHERE offer_id = %s", [counter.offer]
            ).fetchone()
        )
        taken = _key(
            owner.execute(
                "SELECT taken FROM incentives_offerstock WHERE offer_id = %s", [counter.offer]
            ).fetchone()
        )
    return rows, taken


def _peer(folder: Path, counter: _Counter) -> float:
    """Redemptions a second of pgbench, prepared, with as many clients."""
    text = _PEER.format(first=counter.people[0], offer=counter.offer)
    return pgbench_rate(folder, text, connections=CONNECTIONS, seconds=PEER_SECONDS)

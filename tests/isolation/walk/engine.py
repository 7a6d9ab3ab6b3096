"""The walk: every role at every address, with own and foreign things and every method."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.messages import constants
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from organizations.accounts.access import allows
from tests.cast import log_in
from tests.isolation.places import Place
from tests.isolation.walk.addresses import METHODS, Address
from tests.isolation.walk.judgements import REFUSED, Judged
from tests.isolation.walk.things import PRIVATE_MARK, Walked

__all__ = [
    "ANYONE",
    "METHODS",
    "REACH",
    "Walker",
    "answer_of",
    "everything_said",
    "expected_answer",
    "undone",
]

ANYONE = "anyone"
LOGIN = "login"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose place is the own one, which is the nearest foreign one, and whose rows may be seen."""

    own: Place
    foreign: Place
    sees: frozenset[Place]


_CITY = frozenset({Place.MINE, Place.NEIGHBOUR, Place.SIBLING, Place.COUSIN})
_COUNTY = _CITY - {Place.COUSIN}
_PROVINCE = _CITY | {Place.OTHER_CITY}
_SHUNDE = frozenset({Place.OTHER_CITY})

REACH: Mapping[str, Reach] = {
    "province": Reach(Place.MINE, Place.OTHER_PROVINCE, _PROVINCE),
    "province-auditor": Reach(Place.MINE, Place.OTHER_PROVINCE, _PROVINCE),
    "city-4418": Reach(Place.MINE, Place.OTHER_CITY, _CITY),
    "county-441802": Reach(Place.MINE, Place.COUSIN, _COUNTY),
    "county-441802-recorder": Reach(Place.MINE, Place.OTHER_CITY, _COUNTY),
    "county-440606": Reach(Place.OTHER_CITY, Place.MINE, _SHUNDE),
    "township-440606103": Reach(Place.OTHER_CITY, Place.SIBLING, _SHUNDE),
    "leader": Reach(Place.MINE, Place.OTHER_CITY, frozenset({Place.MINE})),
    "cashier": Reach(Place.MINE, Place.OTHER_CITY, frozenset({Place.MINE})),
    "volunteer": Reach(Place.MINE, Place.NEIGHBOUR, frozenset({Place.MINE})),
    ANYONE: Reach(Place.MINE, Place.OTHER_CITY, frozenset()),
}


def expected_answer(
    walked: Walked, judged: Judged, address: Address, username: str, method: str, *, own: bool
) -> str:
    """What the address must answer, as the table and the access table say it together."""
    if username == ANYONE:
        return "401" if judged.is_api else LOGIN
    role = walked.world.cast.actor(username).role
    asked = address.action_of(method)
    success = {"GET": judged.get, "POST": judged.post}.get(method, "")
    if not asked or not allows(role, asked):
        return "403"
    if not success:
        return "405"
    answer, _reason = judged.except_for.get((username, method), (success, ""))
    if not own and (judged.names or judged.personal):
        # What is no place's own is answered everywhere as here.
        return answer if judged.elsewhere == success else judged.elsewhere
    if method == "POST" and judged.needs and not allows(role, judged.needs):
        return "403"
    if not own:
        return judged.foreign
    return answer


class Walker:
    """One person on the way through all addresses; nothing of what is done stays."""

    def __init__(self, walked: Walked, username: str) -> None:
        self.walked = walked
        self.username = username
        self.reach = REACH[username]
        self.client = Client(raise_request_exception=False)
        self.client.cookies["django_language"] = "zh-hans"
        if username != ANYONE:
            log_in(self.client, walked.world.cast.actor(username))
        self.findings: list[str] = []

    def walk(self, judged: Judged, address: Address) -> None:
        """Asks the address with every method, for own and foreign things."""
        for method in METHODS:
            served = {"GET": judged.get, "POST": judged.post}.get(method)
            for own in (True, False) if served else (True,):
                if own or self._varies(judged, method):
                    self._ask(judged, address, method, own=own)
        for query, answer in judged.asks.items():
            self._ask_for_more(judged, address, query, answer)

    def _varies(self, judged: Judged, method: str) -> bool:
        """Whether the request can name something foreign at all."""
        if judged.names or judged.personal:
            return True
        if judged.data is None or method != "POST":
            return False
        own, foreign = (self.walked.things[p] for p in (self.reach.own, self.reach.foreign))
        return judged.data(self.walked, own) != judged.data(self.walked, foreign)

    def _ask(self, judged: Judged, address: Address, method: str, *, own: bool) -> None:
        url = self.url_of(judged, own=own)
        wanted = expected_answer(self.walked, judged, address, self.username, method, own=own)
        response = self._send(method, url, judged, own=own)
        whose = "own" if own else "foreign"
        self._judge(f"{method} {judged.name} ({whose})", response, wanted)

    def _ask_for_more(self, judged: Judged, address: Address, query: str, answer: str) -> None:
        wanted = expected_answer(self.walked, judged, address, self.username, "GET", own=True)
        if wanted == judged.get:
            wanted = answer
        query = query.format(own=self.reach.own.code, foreign=self.reach.foreign.code)
        response = self._send("GET", f"{self.url_of(judged, own=True)}?{query}", judged, own=True)
        self._judge(f"GET {judged.name}?{query}", response, wanted)

    def url_of(self, judged: Judged, *, own: bool) -> str:
        """The address with the person's own thing in it, or a foreign one."""
        place = self.reach.own if own else self.reach.foreign
        names = judged.names(self.walked, self.walked.things[place]) if judged.names else {}
        if judged.personal:
            other = "county-440606" if self.username == "county-441802" else "county-441802"
            own_name = other if self.username == ANYONE else self.username
            names = judged.personal(self.walked, own_name if own else other)
        return reverse(judged.name, kwargs=names)

    def _send(self, method: str, url: str, judged: Judged, *, own: bool) -> HttpResponse:
        data: Any = {}
        if method == "POST" and judged.data:
            place = self.reach.own if own else self.reach.foreign
            data = judged.data(self.walked, self.walked.things[place])
        kind = {"content_type": "application/json"} if judged.json and method != "GET" else {}
        with undone():
            send = getattr(self.client, method.lower())
            response: HttpResponse = (
                send(url, data, **kind) if method in {"GET", "POST"} else send(url)
            )
        if method == "POST" and self.username != ANYONE:
            self._unlock()
        return response

    def _unlock(self) -> None:
        """A session locked to one page would answer all the rest with that page."""
        session = self.client.session
        if session.pop("locked_to", ""):
            session.save()

    def _judge(self, what: str, response: HttpResponse, wanted: str) -> None:
        answered = answer_of(response)
        if answered != wanted:
            self.findings.append(f"{self.username}: {what} answers {answered}, not {wanted}")
        text = everything_said(response)
        for place in set(Place) - self.reach.sees:
            if place.mark in text:
                self.findings.append(f"{self.username}: {what} shows something of {place}")
        if PRIVATE_MARK in text:
            self.findings.append(f"{self.username}: {what} shows another account's work")


@contextmanager
def undone() -> Iterator[None]:
    """Takes back whatever a request did, so that each finds the world as it was."""
    block = transaction.atomic()
    # A scope insists on being outermost, except inside of what wraps a test.
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def answer_of(response: HttpResponse) -> str:
    if response.status_code == 302:
        if response["Location"].startswith("/accounts/login/"):
            return LOGIN
        if any(message.level >= constants.ERROR for message in _messages(response)):
            return REFUSED
    return str(response.status_code)


def _messages(response: HttpResponse) -> list[Any]:
    request = response.wsgi_request  # type: ignore[attr-defined]
    return list(getattr(getattr(request, "_messages", None), "_queued_messages", []))


def everything_said(response: HttpResponse) -> str:
    """Body, headers and messages as text; workbooks unpacked."""
    content = response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    text = content.decode("utf-8", errors="replace")
    if "json" in response.headers.get("Content-Type", ""):
        text = json.dumps(json.loads(text or "null"), ensure_ascii=False)
    said = [text, *map(str, response.headers.values()), *map(str, _messages(response))]
    return "\n".join(said)

"""The idle time-out counts what a person does, not what an open page asks by itself."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from organizations.accounts.middleware import BY_ITSELF
from tests.cast import Cast, log_in

PAGE = "/committees/"
WALL = "/dashboard/441802/?wall=1"
_NINE = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.get_default_timezone())
_TEMPLATES = Path(settings.BASE_DIR) / "templates"
_ASKS_AGAIN = re.compile(r"<\w+[^>]*hx-trigger=\"[^\"]*every [^>]*>", re.DOTALL)


def asks(client: Client, *, by_itself: bool) -> int:
    return client.get(PAGE, headers={BY_ITSELF: "1"} if by_itself else {}).status_code


def half_hour_of_questions(client: Client, *, by_itself: bool) -> list[int]:
    """What the page answers when asked six times in a little more than the idle time."""
    answers = []
    with time_machine.travel(_NINE, tick=False) as clock:
        for _question in range(6):
            clock.shift(settings.SESSION_IDLE_SECONDS // 6 + 1)
            answers.append(asks(client, by_itself=by_itself))
    return answers


def test_page_that_asks_by_itself_keeps_no_session_alive(cast: Cast) -> None:
    with time_machine.travel(_NINE, tick=False):
        left, used = (log_in(Client(), cast.county_441802) for _each in range(2))
        assert asks(left, by_itself=False) == asks(used, by_itself=False) == 200
    assert half_hour_of_questions(left, by_itself=True) == [200] * 5 + [302]
    assert half_hour_of_questions(used, by_itself=False) == [200] * 6


def test_wall_goes_on_and_whoever_finds_its_keyboard_is_signed_out(cast: Cast) -> None:
    with time_machine.travel(_NINE, tick=False) as clock:
        screen = log_in(Client(), cast.county_441802)
        assert screen.get(WALL).status_code == 200
        clock.shift(settings.SESSION_IDLE_SECONDS + 1)
        for method in (screen.head, screen.get):
            assert method(WALL).status_code == 200
        assert screen.get(WALL.removesuffix("?wall=1")).status_code == 302
        assert screen.get(WALL).status_code == 302, "the session is over for the wall too"


def test_wall_that_loads_itself_anew_is_no_act(cast: Cast) -> None:
    with time_machine.travel(_NINE, tick=False) as clock:
        screen = log_in(Client(), cast.county_441802)
        for _load in range(7):
            for method in (screen.head, screen.get):
                assert method(WALL).status_code == 200
            clock.shift(settings.SESSION_IDLE_SECONDS // 6)
        assert asks(screen, by_itself=False) == 302


def test_wall_ends_at_the_longest_time_of_a_session(cast: Cast) -> None:
    with time_machine.travel(_NINE, tick=False) as clock:
        screen = log_in(Client(), cast.county_441802)
        assert screen.get(WALL).status_code == 200
        clock.shift(settings.SESSION_ABSOLUTE_SECONDS + 1)
        assert screen.get(WALL).status_code == 302


def test_every_page_that_asks_again_and_again_says_so() -> None:
    tags = [
        (path.name, tag)
        for path in _TEMPLATES.rglob("*.html")
        for tag in _ASKS_AGAIN.findall(path.read_text(encoding="utf-8"))
    ]
    assert len(tags) >= 2
    assert [name for name, tag in tags if f'"{BY_ITSELF}": "1"' not in tag] == []

"""Typing at the desk while 200 rows stand in the grid, in chromium on a computer four times slower.

A key waits from its keydown until what it did is painted. Typed as people do, with pauses between
the keys: searching the person, saving, checking and the copy on the computer go on meanwhile.
"""

from __future__ import annotations

from itertools import cycle, islice
from statistics import median, quantiles
from uuid import uuid4

from playwright.sync_api import Page

from core.tenancy.scope import acting_as
from tests.benchmarks.figures import Figure, at_most, say, told
from tests.benchmarks.load import HOST
from tests.benchmarks.serving import cookies_of, served
from tests.benchmarks.stage import Area, Stage
from tests.browser.chromium import CHROMIUM, DESK, launched
from volunteers.desk.domain import Common, begin_draft, discard_draft, paste_rows, save_rows
from volunteers.desk.models import Draft
from volunteers.registry.models import Volunteer

__all__ = ["measure"]

ROWS = 200
TYPED_ROWS = 12
SLOWER = 4
PAUSE_MS = 90
_WATCH = """() => {
    window.waits = [];
    addEventListener('keydown', (event) => {
        const began = event.timeStamp;
        const { key } = event;
        // After the frame that shows it: a message is taken only once that is done.
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => window.waits.push([key, performance.now() - began]);
            port2.postMessage(null);
        });
    }, { capture: true });
}"""


def measure(stage: Stage) -> list[Figure]:
    """Keys of a dozen rows typed below 200 that stand, and of corrections among those."""
    if CHROMIUM is None:
        say("chromium is not installed; typing is not measured.")
        return []
    county = stage.county
    draft = _draft(county)
    try:
        waits = _waits(stage, draft)
    finally:
        with acting_as(county.actor.scope):
            discard_draft(draft, actor=county.actor)
    letters = [wait for key, wait in waits if len(key) == 1]
    others = [wait for key, wait in waits if len(key) > 1]
    every = [*letters, *others]
    where = f"with {ROWS} rows, {SLOWER} x slower"
    return [
        at_most(f"a key {where}, keydown to paint, p95", _p95(every), "ms", limit=50),
        told("    letters and digits, median", median(letters), "ms"),
        told("    letters and digits, p95", _p95(letters), "ms"),
        told("    Enter, Tab, arrows, Ctrl+D, p95", _p95(others), "ms"),
        told("    the slowest key", max(every), "ms"),
    ]


def _draft(county: Area) -> Draft:
    with acting_as(county.actor.scope, statement_timeout_ms=0):
        people = Volunteer.objects.below(county.path).active().order_by("-pk")[:ROWS]
        # A county of a small scale has fewer; whoever comes twice is refused the second time.
        rows = islice(cycle(people), ROWS)
        lines = [f"{n}. {each.name} {each.number}" for n, each in enumerate(rows, 1)]
        texts = {"activity": "敬老院探访", "date": "2026-05-16", "start": "08:00", "end": "11:00"}
        draft = begin_draft(actor=county.actor)
        shared = Common(base=0, texts=texts)
        draft = save_rows(draft, actor=county.actor, window=uuid4(), rows=[], common=shared).draft
        text = "\n".join(lines)
        made = paste_rows(draft, actor=county.actor, window=uuid4(), text=text, after=0)
    if len(made.keys) != ROWS:
        message = f"{len(made.keys)} rows were made of {ROWS} lines."
        raise LookupError(message)
    return draft


def _waits(stage: Stage, draft: Draft) -> list[tuple[str, float]]:
    """Each key with its milliseconds; keys that leave the page alone, as Control, left out."""
    cookies = cookies_of(stage.county.actor)
    with served(stage.folder) as port, launched() as browser:
        url = f"http://{HOST}:{port}"
        context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
        context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
        page = context.new_page()
        page.goto(f"{url}/desk/{draft.pk}/")
        page.wait_for_selector("[data-desk][data-ready]")
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.evaluate(_WATCH)
        _type_below(page)
        _correct_above(page)
        waits = page.evaluate("() => window.waits")
    return [(key, wait) for key, wait in waits if key != "Control"]


def _type_below(page: Page) -> None:
    """Rows of their own after the last one, the person by pinyin, two times and a note."""
    for row in range(TYPED_ROWS):
        _press(page, "Control+End")
        page.keyboard.type(("chen", "liwei", "zhang", "huang")[row % 4], delay=PAUSE_MS)
        _press(page, "Tab", "Tab")
        page.keyboard.type("830", delay=PAUSE_MS)
        _press(page, "Tab")
        page.keyboard.type("1030", delay=PAUSE_MS)
        _press(page, "Tab", "Tab")
        page.keyboard.type("late bus", delay=PAUSE_MS)
        _press(page, "Enter")


def _correct_above(page: Page) -> None:
    """Among those that stand, from the top: a time that is filled down, and taken back."""
    _press(page, "Control+Home", "Tab", "Tab")
    page.keyboard.type("900", delay=PAUSE_MS)
    for _row in range(TYPED_ROWS):
        _press(page, "ArrowDown", "Control+D")
    for _row in range(TYPED_ROWS):
        _press(page, "Control+Z")


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(PAUSE_MS)


def _p95(waits: list[float]) -> float:
    return quantiles(waits, n=20)[-1]

"""The hour grid as its users meet it: by keyboard, and by what stands in its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playwright.sync_api import Page

from core.tenancy.scope import acting_as
from tests.browser.house import House, Visitor, aside
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["ACTIVITY", "Grid", "names", "recorded", "register", "signed_in"]

ACTIVITY = "河小青巡河护水"
_SURNAMES = "陈李张黄何罗梁谢林周"
_GIVEN = ("一鸣", "丽华", "俊杰", "秀英", "文博", "晓彤", "国强", "思远", "嘉怡", "海燕")
_ROWS = """() => [...document.querySelectorAll('.desk-row')].map((row) => ({
    state: row.dataset.state,
    number: row.querySelector('.desk-n').textContent,
    ...Object.fromEntries([...row.querySelectorAll('[data-cell]')].map(
        (input) => [input.dataset.cell, input.value])),
}))"""
_COUNT = """(wanted) => [...document.querySelectorAll('.desk-row')]
    .filter((row) => row.dataset.state === wanted).length"""

_NOTE = """([number, text]) =>
    document.querySelectorAll('.desk-row')[number - 1].querySelector('[data-cell=note]').value
    === text"""
# The values are enciphered bytes; anybody at the computer could read what is not.
_COPIES = """() => new Promise((resolve, reject) => {
    const opening = indexedDB.open('desk', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const asked = opening.result.transaction('copies').objectStore('copies').getAll();
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result.map(({ sealed }) => new TextDecoder().decode(sealed)));
        };
    };
})"""


def names(count: int) -> list[str]:
    """Different names, at most as many as surnames times given names."""
    return [surname + given for given in _GIVEN for surname in _SURNAMES][:count]


def register(cast: Cast, people: Iterable[str]) -> list[Volunteer]:
    """Volunteers of those names in a township of the county."""

    def write() -> list[Volunteer]:
        with as_owner():
            place = cast.committee("441802009")
            return [VolunteerFactory(committee=place, name=name) for name in people]

    return aside(write)


def recorded(cast: Cast) -> list[str]:
    """The names on the records that stand in the county."""

    def read() -> list[str]:
        with acting_as(cast.county_441802.scope):
            return sorted(ServiceRecord.objects.values_list("volunteer_name", flat=True))

    return aside(read)


class Grid:
    """A draft in a window. Nothing here touches the mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page

    def begin(self) -> None:
        """From the list of drafts into a new one, by keyboard."""
        self.visitor.go("/desk/")
        self.visitor.tab_to("form[action='/desk/new/'] button")
        self.visitor.press_enter()
        self.ready()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.ready()

    def ready(self) -> None:
        """The script has built the rows and can be typed into."""
        self.page.wait_for_selector("[data-desk][data-ready]")

    def set_common(
        self, *, day: str = "2026-05-16", start: str = "08:00", end: str = "11:00"
    ) -> None:
        """The values that hold for all rows, as short as people type them."""
        assert self.focused("name") == "activity"
        self.type(ACTIVITY)
        self.press("Enter")  # the kind: left to the activity
        self.press("Tab")
        for text in (day, start, end):
            self.type(text)
            self.press("Tab")
        if self.focused("name") == "organization":
            self.press("Tab")
        assert self.focused("name") == "evidence"
        self.type("5月16日签到表")
        self.press("Enter")
        assert self.focused("dataset.cell") == "person"

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def find(self, text: str) -> None:
        """Types into the volunteer's cell and takes the best guess once it is there."""
        self.type(text)
        self.page.wait_for_selector("#desk-finder [aria-selected=true]")
        self.page.wait_for_selector("#desk-finder[data-seen]")
        self.press("Enter")

    def paste(self, text: str) -> None:
        """Ctrl+V of that text."""
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.press("Control+V")

    def focused(self, attribute: str) -> str:
        """Something of the element with the focus."""
        return str(self.page.evaluate(f"() => document.activeElement.{attribute}"))

    def saved(self) -> None:
        """The server has everything."""
        self.page.wait_for_selector("[data-desk][data-saving=no]")

    def is_saving(self, mode: str) -> None:
        self.page.wait_for_selector(f"[data-desk][data-saving={mode}]")

    def copied(self) -> None:
        """This computer keeps what the server does not have, to the last letter."""
        self.page.wait_for_selector("[data-desk][data-copied=yes]")

    def copies(self) -> list[str]:
        """What this computer keeps, as anybody at it could read it."""
        return [str(copy) for copy in self.page.evaluate(_COPIES)]

    def reopen(self, address: str) -> None:
        """A new window of the same browser, after the old one has ended."""
        self.page = self.page.context.new_page()
        self.open(address)

    def wait_for_note(self, number: int, text: str) -> None:
        """That row's note says so."""
        self.page.wait_for_function(_NOTE, arg=[number, text])

    def rows(self) -> list[dict[str, Any]]:
        """What stands in each row, the empty ones left out."""
        return [row for row in self.page.evaluate(_ROWS) if row["person"] or row["note"]]

    def people(self) -> list[str]:
        """The volunteers' cells, without the tail of their numbers."""
        return [str(row["person"]).split(" ·")[0] for row in self.rows()]

    def wait_for(self, state: str, count: int) -> None:
        """So many rows are in that state."""
        self.page.wait_for_function(f"(count) => ({_COUNT})('{state}') === count", arg=count)

    def go_to(self, number: int, cell: str = "person") -> None:
        """To a cell, by arrows from the first row."""
        self.press("Control+Home", *["ArrowDown"] * (number - 1))
        while self.focused("dataset.cell") != cell:
            self.press("Tab")


def signed_in(house: House, cast: Cast, **options: Any) -> Grid:
    """The county's recorder at a window of their own."""
    visitor = house.enter(**options)
    visitor.sit_down_as(cast.recorder_441802)
    return Grid(visitor)

"""The portal under test: a live server, and a worker that does what waits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import Scope, acting_as
from organizations.accounts.actors import Actor
from tests.browser.chromium import DESK, Eyes
from tests.cast import PASSWORD, log_in
from volunteers.totals.domain import recount_dirty_months

__all__ = ["House", "Visitor"]

T = TypeVar("T")
_MOST_TABS = 80
_HAS_FOCUS = "selector => document.activeElement.matches(selector)"
_SHOWS_FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
}"""
_WORKER = Scope.for_job("worker of the tests")


def aside(work: Callable[[], T]) -> T:
    """Runs work with the database beside the browser, whose event loop holds this thread."""

    def run() -> T:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()


@dataclass
class Visitor:
    """Somebody at a browser window of their own."""

    page: Page
    eyes: Eyes
    url: str

    def go(self, path: str) -> None:
        """Opens an address of the portal."""
        self.page.goto(f"{self.url}{path}")

    def meets_unseen(self, path: str) -> bool:
        """Whether an address answers with a page unlike all that anybody has looked at."""
        return self.eyes.are_new_to(self.page.request.get(f"{self.url}{path}").text())

    def sit_down_as(self, actor: Actor) -> None:
        """Signed in already, without the login page."""
        cookies = aside(lambda: log_in(Client(), actor).cookies)
        self.page.context.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": self.url}
                for name, cookie in cookies.items()
            ]
        )

    def tab_to(self, selector: str) -> None:
        """Presses Tab until the focus is there, as who has no mouse does; it must show."""
        for _press in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_HAS_FOCUS, selector):
                assert self.page.evaluate(_SHOWS_FOCUS), f"the focus on {selector} cannot be seen"
                return
        message = f"{selector} is not reached by the Tab key at {self.page.url}"
        raise AssertionError(message)

    def press_enter(self) -> None:
        """On what leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        """By the login page, as everybody does."""
        self.go("/accounts/login/")
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def follow(self, selector: str) -> None:
        """Clicks what leads to another page, and waits for that page."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def text(self, selector: str = "main") -> str:
        """What stands there, with single spaces."""
        return " ".join(self.page.inner_text(selector).split())


@dataclass
class House:
    """The portal, and everybody who looks at it. ``judged`` is what axe need not see again."""

    url: str
    browser: Browser
    judged: set[tuple[int, str]]
    visitors: list[Visitor] = field(default_factory=list)

    def enter(self, **options: Any) -> Visitor:
        """Another person at a browser of their own."""
        context = self.browser.new_context(
            **{
                "viewport": DESK,
                "locale": "zh-CN",
                "timezone_id": "Asia/Shanghai",
                "reduced_motion": "reduce",
                **options,
            }
        )
        page = context.new_page()
        visitor = Visitor(page, Eyes(page, self.judged), self.url)
        self.visitors.append(visitor)
        return visitor

    def do_jobs(self) -> None:
        """What the worker and the clock do: every waiting job, then the totals."""
        aside(_do_waiting_jobs)

    @property
    def faults(self) -> str:
        """Everything that anybody saw and should not have seen, a line each."""
        return "\n".join(fault for visitor in self.visitors for fault in visitor.eyes.faults)


def _do_waiting_jobs() -> None:
    with acting_as(_WORKER):
        waiting = list(Job.objects.unfinished().order_by("id").values_list("id", flat=True))
    for job_id in waiting:
        run_job_now(job_id)
    recount_dirty_months()

"""The browser: Debian's chromium, driven by playwright, with eyes for what must not happen."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

__all__ = ["CHROMIUM", "DESK", "PHONE", "WALL", "Eyes", "launched", "with_camera"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
WALL = {"width": 1920, "height": 1080}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# Only what fails is worked out; frames there are none.
_RUN_AXE = "() => axe.run(document, {resultTypes: ['violations'], iframes: false})"
_SKELETON = """() => Array.from(document.querySelectorAll('body *'), element => element.tagName
    + '.' + element.className + (element.getAttribute('aria-current') || '')).join(' ')"""
_TAG = re.compile(r"<(\w+)([^<>]*)>")
_LOOKS = re.compile(r'(?:class|type|role|aria-current)="[^"]*"|\b(?:hidden|disabled|checked)\b')
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# In the place of a width.
_AS_SENT = 0
MOST_SCRIPT_BYTES = 150 * 1024


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser; its event loop ends with it, so that Django may use the thread again."""
    assert CHROMIUM is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def with_camera(browser: Browser, film: Path) -> Iterator[Browser]:
    """Another browser of the same kind whose camera sees ``film``, a motion JPEG, over and over."""
    assert CHROMIUM is not None
    seen = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=[*_FLAGS, *seen])
    try:
        yield other
    finally:
        other.close()


class Eyes:
    """Watches a page: what the console says, what weighs too much, whom it keeps out.

    ``faults`` holds a sentence for each thing that must not happen. ``judged`` is what axe has
    seen already, in any window.
    """

    def __init__(self, page: Page, judged: set[tuple[int, str]]) -> None:
        self.page = page
        self.faults: list[str] = []
        # Answers that a test asks for on purpose; the console tells of each as an error.
        self.expected_status: set[int] = set()
        # Words of network errors that a test brings about.
        self.expected_errors: tuple[str, ...] = ()
        self.most_script_bytes = MOST_SCRIPT_BYTES
        self._scripts: dict[str, int] = {}
        self._loaded: set[str] = set()
        self._judged = judged
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._fault(f"error in a script: {error}"))
        page.on("response", self._response)
        page.on("framenavigated", lambda _frame: self._loaded.clear())

    def look(self, *sizes: dict[str, int]) -> None:
        """Asks axe, the width and the weight of the page as it stands, at each size."""
        self.page.wait_for_load_state("load")
        for size in sizes or (PHONE, DESK, WALL):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            if (excess := self.page.evaluate(_SIDEWAYS)) > 0:
                self._fault(f"scrolls sideways by {excess} px at {size['width']} px")
            self._ask_axe(size["width"])
        self._weigh()

    def are_new_to(self, html: str) -> bool:
        """Whether no page as sent was made of the same elements; from now on one was."""
        shape = " ".join(
            f"{name} {' '.join(_LOOKS.findall(attributes))}"
            for name, attributes in _TAG.findall(html)
        )
        seen = (_AS_SENT, re.sub(r"\d+", "0", shape))
        is_new = seen not in self._judged
        self._judged.add(seen)
        return is_new

    def _ask_axe(self, width: int) -> None:
        # A page that differs from an earlier one in words alone need not be judged again.
        skeleton = re.sub(r"\d+", "0", str(self.page.evaluate(_SKELETON)))
        if (width, skeleton) in self._judged:
            return
        self._judged.add((width, skeleton))
        if not self.page.evaluate("() => 'axe' in window"):
            # Half a megabyte: once for each page that is loaded, not for each width.
            self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate(_RUN_AXE)
        for violation in found["violations"]:
            nodes = " | ".join(str(node["target"]) for node in violation["nodes"][:4])
            self._fault(f"axe at {width} px: {violation['id']} ({violation['help']}) at {nodes}")

    def _weigh(self) -> None:
        if self.weight > self.most_script_bytes:
            self._fault(f"loads {self.weight:,} bytes of script, compressed")

    @property
    def weight(self) -> int:
        """Bytes of script that the page loads, compressed, without the charts."""
        return sum(self._scripts[url] for url in self._loaded if "charts" not in url)

    def _console(self, message: ConsoleMessage) -> None:
        refused = any(f"status of {status}" in message.text for status in self.expected_status)
        refused |= any(words in message.text for words in self.expected_errors)
        if message.type == "error" and not refused:
            self._fault(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self._fault(f"{response.status} from {response.url}")
        if response.request.resource_type == "script" and response.ok:
            if response.url not in self._scripts:
                self._scripts[response.url] = len(gzip.compress(response.body()))
            self._loaded.add(response.url)

    def _fault(self, sentence: str) -> None:
        self.faults.append(f"{self.page.url}: {sentence}")

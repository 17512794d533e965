"""A page in a headless Chromium: what axe-core finds, how wide it is, how many sheets it prints.

`make pages` runs these tests; `make test` does not, for not every machine has a browser.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

NO_CHROMIUM = (
    "These tests open pages in Chromium, and this machine has none. Install it, on Debian with: "
    "apt-get install chromium"
)
# Nothing is fetched, not even by the browser for itself.
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
_WIDE = 1200
Scheme = Literal["light", "dark"]


def chromium() -> str | None:
    """The browser's command, None where this machine has none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(frozen=True)
class OpenPage:
    """A page that is open, in a window of its own without a network."""

    page: Page

    def axe(self, *, least: tuple[str, ...] = ("serious", "critical")) -> list[str]:
        """What axe-core finds that is serious or worse: rule, what is wrong, where."""
        violations = Axe().run(self.page).response["violations"]
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:200]}"
            for rule in violations
            if rule["impact"] in least
            for node in rule["nodes"][:5]
        ]

    def sideways_scroll(self, width: int = 390) -> int:
        """By how many pixels the page is wider than a window of this width."""
        self.resize(width)
        found = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return int(found)

    def print_pdf_pages(self) -> int:
        """How many A4 sheets the page prints, as it stands."""
        return len(_SHEET.findall(self.page.pdf(format="A4")))

    def resize(self, width: int, height: int = 900) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def open_all_folds(self) -> None:
        """Opens what is folded: it has to be readable too."""
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        """What is to be seen, as a PNG; `whole`: down to the page's end."""
        self.page.screenshot(path=path, full_page=whole)


def open_page(browser: Browser, path: Path, *, scheme: Scheme = "light") -> OpenPage:
    """Opens a file. The page's own rules against scripts are lifted for axe-core alone."""
    context = browser.new_context(
        bypass_csp=True,
        color_scheme=scheme,
        offline=True,
        viewport={"width": _WIDE, "height": 900},
    )
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    return OpenPage(page)

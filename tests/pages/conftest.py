"""The browser that the tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.pages.browser import NO_CHROMIUM, SWITCHES, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; where the machine has none, the run ends with one line.

    While it is open an event loop runs in this thread: what calls `asyncio.run`, as grading and
    nbconvert do, belongs into a process of its own or before it.
    """
    command = chromium()
    if command is None:
        pytest.exit(NO_CHROMIUM, returncode=2)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=command, args=list(SWITCHES))
        yield started
        started.close()

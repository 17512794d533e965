"""The browser sees what it is there to see: else a page without findings would tell nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pages.browser import open_page

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>@media (prefers-color-scheme: dark) {{ body {{ background: #000 }} }}</style></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""


def written(folder: Path, body: str) -> Path:
    path = folder / "page.html"
    path.write_text(_PAGE.format(body=body), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<p>Plain words.</p>", []),
        ('<p style="color: #aaa; background: #fff">Pale.</p>', ["color-contrast"]),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', ["image-alt"]),
    ],
)
def test_axe_finds_what_is_wrong(
    browser: Browser, tmp_path: Path, body: str, rules: list[str]
) -> None:
    opened = open_page(browser, written(tmp_path, body))

    assert [line.split(" ")[0] for line in opened.axe()] == rules


def test_a_page_wider_than_a_phone_scrolls_sideways(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, written(tmp_path, '<p style="width: 500px">Wide.</p>'))

    assert opened.sideways_scroll() > 100


def test_sheets_of_a_printed_page_are_counted(browser: Browser, tmp_path: Path) -> None:
    sheets = '<p style="break-after: page">One.</p><p>Two.</p>'

    assert open_page(browser, written(tmp_path, sheets)).print_pdf_pages() == 2


def test_a_dark_page_is_dark(browser: Browser, tmp_path: Path) -> None:
    opened = open_page(browser, written(tmp_path, "<p>Night.</p>"), scheme="dark")

    color = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert color == "rgb(0, 0, 0)"

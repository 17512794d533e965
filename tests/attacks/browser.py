"""What a browser does with a student's pages: headless Chromium, no network but ours.

Pages are served on loopback and shown in frames of one page, which then says what they set. A
page that reaches out of its frame is seen too: its name and title are looked for at the top.
"""

from __future__ import annotations

import functools
import html
import http.server
import json
import re
import shutil
import subprocess
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WATCHER = """<!doctype html><meta charset="utf-8"><title>watcher</title><body>
<script>
const pages = %s;
const told = {};
for (const page of pages) {
  const frame = document.createElement("iframe");
  frame.src = page.file; frame.width = 900; frame.height = 600;
  document.body.append(frame);
  page.frame = frame;
}
const names = pages.map(page => page.window_name).filter(name => name);
function tell() {
  const set = names.filter(name => window[name] !== undefined);
  for (const page of pages) {
    const sight = {ran: set.includes(page.window_name), title: "", loaded: false};
    try {
      const inner = page.frame.contentWindow;
      sight.loaded = inner.document.body !== null && inner.document.body.innerText.length > 20;
      sight.ran = sight.ran || (page.window_name && inner[page.window_name] !== undefined);
      sight.title = inner.document.title;
    } catch (problem) { sight.title = "unreadable: " + problem; }
    told[page.name] = sight;
  }
  told.watcher = {ran: false, title: document.title, loaded: true};
  const pre = document.createElement("pre");
  pre.id = "told"; pre.textContent = JSON.stringify(told);
  document.body.replaceChildren(pre);
}
// Once all frames have loaded, what runs late still gets its turn; one that never loads is told.
const opened = pages.map(page => new Promise(done => { page.frame.onload = done; }));
const patience = new Promise(done => setTimeout(done, 30000));
Promise.race([Promise.all(opened), patience]).then(() => setTimeout(tell, 2000));
</script>"""
_TOLD = re.compile(r'<pre id="told">(.*?)</pre>', re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page to open. `window_name` is what a script in it would set."""

    name: str
    html: str
    window_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What a browser made of a page."""

    ran: bool
    title: str
    loaded: bool


def chromium() -> str | None:
    """The browser's command, if this machine has one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def look_at(pages: Sequence[Page], folder: Path) -> dict[str, Sight]:
    """Opens all pages at once; what each of them did, by name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    listed = []
    for number, page in enumerate(pages):
        (folder / f"p{number}.html").write_text(page.html, encoding="utf-8", errors="replace")
        listed.append(
            {"name": page.name, "file": f"p{number}.html", "window_name": page.window_name}
        )
    (folder / "watcher.html").write_text(_WATCHER % json.dumps(listed), encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        text = _dumped(f"http://127.0.0.1:{server.server_address[1]}/watcher.html", folder)
        server.shutdown()
    return _sights(text)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Called by http.server for each request; pages' requests are nobody's news."""


def _dumped(address: str, folder: Path) -> str:
    command = [str(chromium()), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    command += [f"--user-data-dir={folder / 'profile'}", "--disable-background-networking"]
    command += ["--virtual-time-budget=60000", "--dump-dom", address]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace")


def _sights(text: str) -> dict[str, Sight]:
    found = _TOLD.search(text)
    if found is None:
        raise RuntimeError(f"the watching page told nothing: {text[-500:]}")
    told = json.loads(html.unescape(found[1]))
    return {
        name: Sight(ran=bool(one["ran"]), title=str(one["title"]), loaded=bool(one["loaded"]))
        for name, one in told.items()
    }


def formgrader_page(course: Path, notebook: Path, student: str) -> str:
    """The page that Formgrader makes of a graded notebook, with the course's settings."""
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers
    from traitlets.config import Config

    from autograder.settings.load import load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        config = Config(load(course).config)
        config.HTMLExporter.template_name = "formgrade"
        config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
        resources = {
            "assignment_id": notebook.stem,
            "notebook_id": notebook.stem,
            "submission_id": "x",
            "index": 0,
            "total": 1,
            "base_url": "",
            "student": student,
            "last_name": None,
            "first_name": None,
            "notebook_path": str(notebook.relative_to(course)),
        }
        exporter = HTMLExporter(config=config)
        made, _ = exporter.from_filename(str(notebook), resources=resources)
    return str(made)

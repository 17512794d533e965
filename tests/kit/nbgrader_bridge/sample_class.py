"""The class that is graded twice, by `grade_class` and by stock nbgrader: who hands in what."""

from __future__ import annotations

import copy
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from autograder.nbgrader_bridge.graded import Graded
from tests.kit.course_maker import ASSIGNMENT, POINTS, WRITTEN, Mini, clean_env

# Brackets mean something to rich, to glob and to regular expressions, and stop stock nbgrader.
BRACKETS = "[red]x[0-9]"
EVIL = "http://evil.example"
HOSTILE_HTML = f"""
<script>window.owned = 1</script><ScRiPt src="{EVIL}/x.js"></sCrIpT>
<img src=x onerror="window.owned = 1"><img src="{EVIL}/pixel.png" alt="a pixel">
<svg onload="window.owned = 1"><animate onbegin="window.owned = 1" /></svg>
<iframe srcdoc="&lt;script&gt;window.owned = 1&lt;/script&gt;"></iframe>
<a href="javascript:window.owned = 1">one</a> <a href="java&#10;script:window.owned = 1">two</a>
<a href="data:text/html,<script>window.owned = 1</script>">three</a>
<object data="{EVIL}/o"></object><embed src="{EVIL}/e"><base href="{EVIL}/">
<form action="{EVIL}/f"><button formaction="javascript:window.owned = 1">b</button></form>
<meta http-equiv="refresh" content="0;url={EVIL}"><link rel="stylesheet" href="{EVIL}/l.css">
<style>@import url({EVIL}/s.css);</style><p style="background:url({EVIL}/b.png)">p</p>
<math><mtext></p><style><img src=x onerror="window.owned = 1"></style></mtext></math>
"""
HOSTILE_MARKDOWN = f"""{HOSTILE_HTML}
[four](javascript:window.owned=1) ![five]({EVIL}/five.png) <{EVIL}/six>

`<script>window.owned = 1</script>`

```html
</code></pre><script>window.owned = 1</script>
```
"""
SHOW_ALL = f"""
from IPython.display import HTML, SVG, Javascript, display
html = {HOSTILE_HTML!r}
display(HTML(html))
display(Javascript("window.owned = 1"))
display({{"text/html": html, "application/javascript": "window.owned = 1"}}, raw=True)
display({{"image/svg+xml": "<svg onload='window.owned = 1'></svg>"}}, raw=True)
display({{"text/markdown": html, "text/latex": html}}, raw=True)
display({{"image/png": "\\" onerror=window.owned=1 x=\\""}}, raw=True)
print(html, "</pre></div><script>window.owned = 1</script>")
raise ValueError("<script>window.owned = 1</script>")
"""
# The text of the hidden inputs, out of the function by an exception.
TELLS_TOTAL = "def total(m):\n    raise ValueError(f'saw {m.tolist()}')"
HOSTILE_ERROR = (
    "def from_list(values):\n    name = '<script>window.owned=1</script>'\n"
    "    raise type(name, (Exception,), {})('<img src=x onerror=window.owned=1>')"
)


def find(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The first cell of this name."""
    return next(c for c in notebook.cells if c.metadata.nbgrader.get("grade_id") == grade_id)


def _copies_and_a_newer_schema(nb: NotebookNode) -> None:
    for name in ("transpose", "transpose-checks"):
        nb.cells.append(NotebookNode({**copy.deepcopy(find(nb, name)), "id": f"{name}-copy"}))
    for cell in nb.cells:
        cell.metadata.nbgrader.schema_version = 4


def skip_and_type_results_in(nb: NotebookNode) -> None:
    """An untouched stub, with all that makes stock nbgrader give points for it."""
    for cell in nb.cells:
        cell.metadata["tags"] = ["skip-execution"]
        if cell.metadata.nbgrader.grade and cell.cell_type == "code":
            cell.metadata.nbgrader["points"] = 100
            typed = {"text/plain": "100.0"}
            cell.outputs = [new_output("execute_result", data=typed, execution_count=1)]


def _hostile_to_readers(nb: NotebookNode) -> None:
    nb.metadata["title"] = "<script>window.owned = 1</script>"
    nb.metadata["widgets"] = {"x": {"state": {"s": "</script><script>window.owned = 1</script>"}}}
    # Behind the answers: its exception must not keep them from being defined.
    nb.cells += [
        new_markdown_cell(HOSTILE_MARKDOWN),
        new_raw_cell(HOSTILE_HTML),
        new_code_cell(SHOW_ALL),
    ]
    for cell in nb.cells[-3:]:
        cell.metadata["nbgrader"] = {}


def claims_full_marks() -> str:
    """A checks.json that says that all is well, as ours would say it."""
    exercises = []
    for name in POINTS:
        check = {
            "check": {"exercise": name, "name": "test_x", "weight": 1.0},
            "outcome": "passed",
            "credit": 1.0,
            "sentences": [],
            "hint": None,
            "wall_s": 0.0,
            "observed": [],
        }
        points = {"max_points": 100.0, "points": 100.0, "diagnosis": None}
        exercises.append({"exercise": name, "checks": [check], **points})
    report = {"schema_version": 1, "assignment": ASSIGNMENT, "exercises": exercises}
    return json.dumps({**report, "notes": [], "wall_s": 0.0, "points": 600, "max_points": 600})


def hand_in_all(mini: Mini) -> None:
    """Hands in the whole class; each comes out the same however it is graded."""
    answered = mini.answered
    mini.hand_in("ada", answered())
    mini.hand_in("ben", mini.released())
    deadly = "def transpose(m):\n    import os\n    os._exit(0)"
    mini.hand_in("boom", answered(transpose=deadly, with_column="import os\nos._exit(0)"))
    mini.hand_in("loop", answered(total="def total(m):\n    while True:\n        pass"))
    mini.hand_in("text", b"Sorry, my laptop broke.\n")
    mini.hand_in("copies", answered(_copies_and_a_newer_schema))
    stub = mini.released()
    skip_and_type_results_in(stub)
    mini.hand_in("skips", stub)
    warns = "import sys, warnings\ndef transpose(m):\n    warnings.warn('old')\n"
    warns += "    print('careful', file=sys.stderr)\n    return m.T.clone()\nwarnings.warn('old')"
    mini.hand_in("warns", answered(transpose=warns))
    on_time = {"timestamp.txt": "2026-11-01 12:00:00 UTC\n"}
    mini.hand_in("punctual", answered(), on_time)
    mini.hand_in("late", answered(), {"timestamp.txt": "2026-11-20 12:00:00 UTC\n"})
    hostile = answered(
        _hostile_to_readers,
        total=TELLS_TOTAL,
        from_list=HOSTILE_ERROR,
        **{WRITTEN: f"Mine. {HOSTILE_MARKDOWN}"},
    )
    mini.hand_in("mallory", hostile)
    _hand_in_files(mini)
    _hand_in_a_link(mini)


def _hand_in_files(mini: Mini) -> None:
    wrong = "def transpose(m):\n    return m"
    award = "c = get_config()\nc.MnistData.no_such = 1\nc.Execute.enabled = False\n"
    patch = "import builtins\nbuiltins.owned = 1\nraise SystemExit('owned')\n"
    gradebook = mini.root / "gradebook.db"
    files: Mapping[str, str | Path] = {
        "checks.json": claims_full_marks(),
        "course_config.py": award,
        "nbgrader_config.py": award,
        "conftest.py": patch,
        "sitecustomize.py": patch,
        "pytest.ini": "[pytest]\naddopts = --exitfirst\n",
        "test_a1.py": "def test_nothing():\n    pass\n",
        "helper.py": "def total(m):\n    return m.sum().item()\n",
        "leak.html": gradebook,
        "submission_secret.txt": gradebook,
    }
    imports = "from helper import total"
    mini.hand_in("files", mini.answered(transpose=wrong, total=imports), files)


def _hand_in_a_link(mini: Mini) -> None:
    path = mini.submission("link")
    path.parent.mkdir(parents=True)
    path.symlink_to(mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")


@dataclass(frozen=True)
class ClassRun:
    """One class graded twice: by `grade_class`, and by stock nbgrader's commands."""

    ours: Mini
    stock: Mini
    graded: Mapping[str, Graded]
    stock_log: str

    def page(self, student: str, *, stock: bool = False) -> BeautifulSoup:
        """A student's feedback page."""
        mini = self.stock if stock else self.ours
        return BeautifulSoup(
            mini.read("feedback", student, ASSIGNMENT, f"{ASSIGNMENT}.html"), "html.parser"
        )


def start_stock_run(mini: Mini, log: Path) -> subprocess.Popen[bytes]:
    """Autogrades and makes feedback by nbgrader's own commands, beside what else is going on."""
    command = f"{shlex.quote(sys.executable)} -m nbgrader"
    script = f"{command} autograde {ASSIGNMENT} --force; echo exit status $?; "
    script += f"{command} generate_feedback {ASSIGNMENT} --force"
    with log.open("wb") as file:
        return subprocess.Popen(
            ["sh", "-c", script], cwd=mini.root, env=clean_env(), stdout=file, stderr=file
        )


def everything_below(folder: Path) -> bytes:
    """All bytes of all files, links followed: to look for what must not be there."""
    parts = []
    for path, _folders, names in os.walk(folder, followlinks=True):
        parts += [Path(path, name).read_bytes() for name in names]
    return b"\n".join(parts)

"""Submissions that forge: wrong answers, and a trick that would make them pass.

`forgeries.jsonl` holds hostile submissions in the form of the attack suite: code cells put before
everything and after everything, answers replaced, and the points that must come out.
"""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any

import pytest

from autograder.judge.records import Verdict
from tests.kit.course_maker import HandedIn, Mini, full_marks, judge_all, judge_of

LINES = [
    json.loads(line)
    for line in Path(__file__).with_name("forgeries.jsonl").read_text("utf-8").splitlines()
]
MARKER = f"MARKER_{uuid.uuid4().hex}"
MARKER_PLACES = [Path(p) for p in ("/var/tmp", "/dev/shm", "/tmp", "/root")] + [Path.home()]
WRONG = {
    "transpose": "def transpose(m):\n    return m",
    "matrix_product": "def matrix_product(a, b):\n    return a",
}
OWN: list[dict[str, Any]] = [
    {
        "id": "patched-torch",
        "first_cells": [
            "import torch, torch.testing\n"
            "torch.equal = torch.allclose = torch.isclose = lambda *a, **k: True\n"
            "torch.testing.assert_close = torch.testing.assert_allclose = lambda *a, **k: None\n"
            "torch.Tensor.__eq__ = torch.Tensor.equal = lambda *a: torch.ones((), dtype=bool)"
        ],
        "cells": WRONG,
    },
    {
        "id": "numbers-that-agree",
        "cells": {
            "total": "class Agreeable(float):\n"
            "    __eq__ = lambda self, other: True\n    __ne__ = lambda self, other: False\n"
            "    __hash__ = float.__hash__\n    __class__ = float\n"
            "    __sub__ = __rsub__ = lambda self, other: 0.0\n"
            "    __float__ = lambda self: float('nan')\n"
            "def total(m):\n    return Agreeable(1e6)",
            "from_list": "class Agreeable(int):\n    __eq__ = lambda self, other: True\n"
            "    __hash__ = int.__hash__\n    __index__ = lambda self: 7\n"
            "def from_list(values):\n    return [Agreeable(0)]",
        },
    },
    {
        "id": "shell-replaced",
        "append_cells": [
            "shell = get_ipython()\n"
            "class Said:\n    success = True\n    error_before_exec = error_in_exec = None\n"
            "shell.run_cell = shell.run_cell_async = lambda *a, **k: Said()\n"
            "shell.kernel.do_execute = lambda *a, **k: {'status': 'ok', 'execution_count': 1}"
        ],
        "cells": WRONG,
    },
    {
        "id": "replies-of-garbage",
        "first_cells": [
            "kernel = get_ipython().kernel\n"
            "send = kernel.session.send\n"
            "armed = [False]\n"
            "def lying(stream, kind, content=None, *args, **kwargs):\n"
            "    if armed[0] and kind == 'comm_msg':\n"
            "        armed[0] = False\n"
            "        kwargs['buffers'] = [b'[\"tuple\", [\"ok\", true]]', b'x' * 9]\n"
            "    return send(stream, kind, content, *args, **kwargs)\n"
            "kernel.session.send = lying"
        ],
        "cells": {"transpose": "def transpose(m):\n    armed[0] = True\n    return m"},
    },
]
ALL = {line["id"]: line for line in [*LINES, *OWN]}


def handed_in(mini: Mini, line: dict[str, Any]) -> HandedIn:
    mark = ("MARKER_F31-reduce-in-return-value", MARKER)
    return HandedIn(
        mini.cells(
            first=line.get("first_cells", ()),
            last=line.get("append_cells", ()),
            **{name: source.replace(*mark) for name, source in line.get("cells", {}).items()},
        )
    )


@pytest.fixture(scope="module")
def verdicts(released: Mini) -> dict[str, Verdict]:
    judge = judge_of(released)
    return judge_all(judge, {name: handed_in(released, ALL[name]) for name in ALL})


@pytest.mark.parametrize("name", ALL)
def test_a_forgery_earns_nothing_and_the_others_keep_theirs(
    verdicts: dict[str, Verdict], name: str
) -> None:
    line = ALL[name]
    nothing = line.get("expect", {}).get("points") or dict.fromkeys(line["cells"], 0)
    report = verdicts[name].report

    earned = {result.exercise: result.points for result in report.exercises}

    assert earned == {**full_marks(), **nothing}


def test_a_returned_object_runs_nothing_in_the_judge(verdicts: dict[str, Verdict]) -> None:
    assert verdicts
    # An ordinary user can't look into /root (`Path.exists` would raise), nor can their judge write
    # there.
    assert [place for place in MARKER_PLACES if os.path.exists(place / MARKER)] == []

"""What cells below an answer do to it: nothing. It is asked as its visible check saw it."""

from __future__ import annotations

import dataclasses

import pytest

from autograder.judge.grade import Judge
from autograder.judge.records import Cell, Verdict
from autograder.results import Outcome, Reader
from tests.kit.course_maker import (
    ALL_POINTS,
    ANSWERS,
    LIMITS,
    POINTS,
    Mini,
    judge_of,
)

STUB = "def transpose(m):\n    '''Rows become columns.'''\n    raise NotImplementedError()"
# Whatever these do below the checks, the answers above them passed at home.
HARMLESS = {
    "its own result": "transpose = transpose(torch.ones(2, 3))",
    "a loop's variable": "for transpose in range(3):\n    pass",
    "unpacking": "total, transpose = torch.ones(2), torch.zeros(2)",
    "an import": "import math as transpose\nfrom math import pi as total",
    "a file": "import os\nwith open(os.devnull) as transpose:\n    pass",
    "an exception": "try:\n    1 / 0\nexcept ZeroDivisionError as transpose:\n    pass",
    "a class and its object": "class transpose:\n    pass\ntotal = transpose()",
    "an experiment with a wrong version": "def transpose(m):\n    return m * 0",
    "no value": "transpose = total = None",
    "del": "del transpose, total",
    "globals": "globals().pop('transpose')\nglobals()['total'] = 3",
    "%reset": "%reset -f",
    "a library's name": "torch = np = None",
    "a builtin's name": "list = sum = len = isinstance = None",
    "default dtype": "torch.set_default_dtype(torch.float64)",
    "default device": "torch.set_default_device('meta')",
    "gradients off": "torch.set_grad_enabled(False)",
    "gradients off, entered": "_off = torch.no_grad()\n_off.__enter__()",
    "inference mode, entered": "_im = torch.inference_mode()\n_im.__enter__()",
    "a device, entered": "_device = torch.device('meta')\n_device.__enter__()",
    "autocast, entered": "_cast = torch.autocast('cpu')\n_cast.__enter__()",
    "a hook on all modules": (
        "torch.nn.modules.module.register_module_forward_hook(lambda *_: torch.zeros(()))"
    ),
    "a patched layer": "torch.nn.Linear.forward = lambda self, x: x * 0",
    "a key that is no name": (
        "class Odd:\n    def __str__(self):\n        raise ValueError\nglobals()[Odd()] = 1"
    ),
    "threads": "torch.set_num_threads(7)",
    "recursion limit": "import sys\nsys.setrecursionlimit(190)",
    "warnings that raise": "import warnings\nwarnings.simplefilter('error')",
    "NumPy's errors": "np.seterr(all='raise')",
    "deterministic": "torch.use_deterministic_algorithms(True)",
    "another folder": "import os\nos.makedirs('deep/er')\nos.chdir('deep/er')",
    "the environment": "import os\nos.environ.clear()",
    "a patched function of torch": "torch.tensor = torch.from_numpy = lambda *a, **k: None",
    "a patched method": "torch.Tensor.sum = torch.Tensor.clone = lambda *a, **k: None",
    "a patched builtin": "import builtins\nbuiltins.len = builtins.isinstance = None",
    "a patched class of its own": "Adder.add = lambda self, m: 0\nAdder.extra = None",
    "a closed output": "import sys, io\nsys.stdout = io.StringIO()\nsys.stdout.close()",
}
USES_SUM = (
    "class Adder:\n    def add(self, m):\n        return sum(m.flatten().tolist())\n\n"
    "def total(m):\n    print(len(m))\n    return Adder().add(m)"
)


@pytest.fixture(scope="module")
def judge(released: Mini) -> Judge:
    return judge_of(released)


def notes(verdict: Verdict, reader: Reader = Reader.STUDENT) -> str:
    return "\n".join(note.text for note in verdict.report.notes if reader.may_read(note))


def lost(verdict: Verdict) -> set[str]:
    return {r.exercise for r in verdict.report.exercises if r.points < POINTS[r.exercise]}


def said(verdict: Verdict, exercise: str) -> set[str]:
    checks = verdict.report.exercise(exercise).checks
    return {text for check in checks for text in check.said_to(Reader.STUDENT)}


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_cell_below_the_checks_costs_nothing(judge: Judge, released: Mini, kind: str) -> None:
    verdict = judge.grade(released.cells(last=[HARMLESS[kind]], total=USES_SUM))

    assert verdict.report.points == ALL_POINTS, [said(verdict, e) for e in lost(verdict)]


def test_the_note_names_the_cell_that_took_a_name(judge: Judge, released: Mini) -> None:
    verdict = judge.grade(released.cells(last=["x = 1", HARMLESS["its own result"]]))

    assert "Cell 101 took the name of an answer" in notes(verdict)
    assert ": transpose. Your answer above it was judged." in notes(verdict)


def test_the_note_stays_where_a_check_ends_the_kernel(judge: Judge, released: Mini) -> None:
    deadly = "def total(m):\n    import os\n    os._exit(0)"
    verdict = judge.grade(released.cells(total=deadly, last=[HARMLESS["its own result"]]))

    assert lost(verdict) == {"total"}
    assert ": transpose. Your answer above it was judged." in notes(verdict)


def test_a_cell_that_changes_nothing_is_not_noted(judge: Judge, released: Mini) -> None:
    verdict = judge.grade(released.cells(last=["transposed = transpose(torch.ones(2, 3))"]))

    assert verdict.report.notes == ()


def test_the_note_names_the_settings_that_were_put_back(judge: Judge, released: Mini) -> None:
    verdict = judge.grade(released.cells(last=[HARMLESS["default dtype"]]))

    assert "Later cells changed torch's default dtype" in notes(verdict)


def test_a_replaced_function_is_noted_for_the_ta_alone(judge: Judge, released: Mini) -> None:
    verdict = judge.grade(released.cells(last=[HARMLESS["a patched function of torch"]]))

    assert "replaced a function" in notes(verdict, Reader.TA)
    assert "replaced a function" not in notes(verdict)


def test_what_stood_above_the_check_stays(judge: Judge, released: Mini) -> None:
    """The visible check failed with it at home too."""
    verdict = judge.grade(
        released.cells(first=["import torch"], total="def total(m):\n    return 0")
    )

    assert lost(verdict) == {"total"}

    above = released.cells(first=["import torch\ntorch.tensor = lambda values: None"])
    assert lost(judge.grade(above)) == {"from_list"}


def test_a_name_that_only_a_later_cell_defines_stays(judge: Judge, released: Mini) -> None:
    calls = "def transpose(m):\n    return helper(m)"
    verdict = judge.grade(released.cells(transpose=calls, last=["def helper(m):\n    return m.T"]))

    assert verdict.report.points == ALL_POINTS


@pytest.mark.parametrize(
    ("own", "between"),
    [
        (STUB, ANSWERS["transpose"]),
        ("# see below", ANSWERS["transpose"]),
        ("", "transpose = lambda m: m.T"),
        (f"{ANSWERS['transpose']}\n    raise NotImplementedError()", ""),
        (f"{ANSWERS['transpose']}\ndef other(m):\n    raise NotImplementedError()", ""),
        (f"{ANSWERS['transpose']}\nfiles = !ls", ""),
        (f"exec({ANSWERS['transpose']!r})", ""),
    ],
)
@pytest.mark.parametrize(
    "below", ["def transpose(m):\n    return m * 0", "transpose = torch.ones(2)"]
)
def test_what_the_check_saw_is_judged_wherever_it_was_written(
    judge: Judge, released: Mini, own: str, between: str, below: str
) -> None:
    cells = list(released.cells(transpose=own, last=[below]))
    place = next(i for i, cell in enumerate(cells) if cell.name == "transpose")
    asked = cells[place].checked
    cells[place] = dataclasses.replace(cells[place], checked=())
    cells.insert(place + 1, Cell(name="cell 50", source=between, checked=asked))

    verdict = judge.grade(cells)

    assert verdict.report.points == ALL_POINTS
    assert "was judged" not in notes(verdict).replace("above it was judged", "")


def test_large_values_that_cells_bind_anew_are_not_kept(judge: Judge, released: Mini) -> None:
    large = "data = torch.ones(25_000_000)\n"
    answers = {name: large + answer for name, answer in ANSWERS.items()}
    count = (
        "import gc\nprint(sum(type(o) is torch.Tensor and o.numel() == 25_000_000 "
        "for o in gc.get_objects()))"
    )

    verdict = judge.grade(released.cells(**answers, last=[count]))

    assert verdict.report.points == ALL_POINTS
    assert verdict.runs[max(verdict.runs)].outputs[0].text == "1\n"


@pytest.mark.parametrize(
    ("own", "why"),
    [
        (STUB, "is not filled in in its own cell"),
        ("import no_such_package\n" + ANSWERS["transpose"], "raised in its own cell"),
        ("def transpose(m:\n    return m.T", "raised in its own cell"),
        ("transposed = 1", "is not defined in its own cell"),
        ("", "is not defined in its own cell"),
    ],
)
def test_a_later_answer_is_judged_where_the_check_saw_none(
    judge: Judge, released: Mini, own: str, why: str
) -> None:
    below = [ANSWERS["transpose"], "transpose = transpose(torch.ones(2, 3))"]
    verdict = judge.grade(released.cells(transpose=own, last=below))

    assert verdict.report.points == ALL_POINTS
    assert f"transpose {why}: what cell 100 defines was judged." in notes(verdict)


def test_the_last_of_several_later_answers_is_judged(judge: Judge, released: Mini) -> None:
    tries = ["def transpose(m):\n    return m", ANSWERS["transpose"]]
    verdict = judge.grade(released.cells(transpose=STUB, last=tries))

    assert verdict.report.points == ALL_POINTS


def test_a_wrong_answer_is_not_replaced_by_a_later_one(judge: Judge, released: Mini) -> None:
    wrong = "def transpose(m):\n    return m"
    verdict = judge.grade(released.cells(transpose=wrong, last=[ANSWERS["transpose"]]))

    assert lost(verdict) == {"transpose"}


def test_a_killer_below_the_checks_still_costs_only_itself(judge: Judge, released: Mini) -> None:
    last = ["transpose = 1", "import os\nos._exit(1)", "total = 2"]
    verdict = judge.grade(released.cells(last=last))

    assert verdict.report.points == ALL_POINTS


def test_answers_do_not_see_what_other_exercises_checks_bound(released: Mini, judge: Judge) -> None:
    counts = "def total(m):\n    global transpose\n    transpose = None\n    return m.sum().item()"
    verdict = judge.grade(released.cells(total=counts))

    assert verdict.report.points == ALL_POINTS


@pytest.mark.parametrize(
    ("own", "quoted"),
    [
        (
            "import no_such_package\n" + ANSWERS["transpose"],
            "ModuleNotFoundError: No module named 'no_such_package'",
        ),
        ("def transpose(m:\n    return m.T", "SyntaxError: '(' was never closed (line 1)"),
        ("x = undefined\n" + ANSWERS["transpose"], "NameError: name 'undefined' is not defined"),
        ("raise RuntimeError('Found no driver')", "RuntimeError: Found no driver"),
    ],
)
def test_a_missing_answer_is_told_by_its_cells_own_exception(
    judge: Judge, released: Mini, own: str, quoted: str
) -> None:
    verdict = judge.grade(released.cells(transpose=own, last=["def transpos(m):\n    pass"]))
    checks = verdict.report.exercise("transpose").checks

    assert lost(verdict) == {"transpose"}
    assert said(verdict, "transpose") == {
        f"The notebook defines no transpose: the cell transpose raised {quoted}."
    }
    assert [check.hint for check in checks] == [None, None]
    assert {check.outcome for check in checks} == {Outcome.ERROR}


def test_a_name_that_a_helping_cell_should_have_defined_is_traced_to_it(
    judge: Judge, released: Mini
) -> None:
    first = ["import no_such_package\n\ndef helper(m):\n    return m.T"]
    calls = "def transpose(m):\n    return helper(m)"
    verdict = judge.grade(released.cells(first=first, transpose=calls))
    (fact,) = said(verdict, "transpose")

    assert fact.endswith(
        "The cause: cell 1 raised ModuleNotFoundError: No module named 'no_such_package'."
    )


def test_an_answer_that_was_stopped_is_told_so(judge: Judge, released: Mini) -> None:
    cells = released.cells(transpose="while True:\n    pass")
    judge.limits = dataclasses.replace(LIMITS, cell_s=1.0)
    try:
        verdict = judge.grade(cells)
    finally:
        judge.limits = LIMITS

    assert said(verdict, "transpose") == {
        "The notebook defines no transpose: the cell transpose ran longer than 1 s and was stopped."
    }


def test_without_an_answer_of_its_own_the_notebooks_end_is_judged(judge: Judge) -> None:
    cells = [Cell(name="cell 1", source="import torch\nimport numpy as np")]
    cells += [Cell(name=f"cell {n}", source=code) for n, code in enumerate(ANSWERS.values(), 2)]

    assert judge.grade(cells).report.points == ALL_POINTS

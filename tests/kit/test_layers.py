"""The rooms of `autograder/` and their layers, as docs/architecture.md draws them.

A room imports from layers below its own only; its docstring begins with what the table says it
holds and knows nothing of; and the student's process holds only what may be seen there.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "autograder"


@dataclass(frozen=True)
class Room:
    layer: int
    holds: str
    knows_nothing_of: str = ""


ROOMS = {
    "cli": Room(11, "the commands; no logic", "how anything is done"),
    "demo": Room(10, "a sample class from end to end"),
    "report": Room(
        10,
        "a class in numbers and pictures, from recorded results alone: the report, statistics as "
        "CSV and JSON",
        "how grades came about",
    ),
    "classroom": Room(
        9,
        "grading a class: which submissions and why, in parallel, resumable, cached; executors",
        "notebooks' insides",
    ),
    "authoring": Room(9, "verifying an assignment's checks, naming groups of wrong answers"),
    "doctor": Room(9, "what this machine can do: asks each room's probe, prints problem and mend"),
    "handout": Room(
        8,
        "what goes out to students: build, release, the student wheel, the ways that nbgrader "
        "offers",
        "grading",
    ),
    "review": Room(
        10,
        "what people have to do: where each submission stands, what waits for somebody, marking by "
        "question",
        "how grades came about",
    ),
    "marking": Room(
        6,
        "the central act, apart from all files of a course: what was handed in and a packed "
        "assignment in, the graded notebook and the report out",
        "the gradebook, the course's folders and nbgrader's converters",
    ),
    "nbgrader_bridge": Room(
        7,
        "the preprocessors and plugins that make all this nbgrader: execute, scores, release, "
        "collect, gradebook",
        "parallelism",
    ),
    "course": Room(
        5,
        "what a course is: its folders and assignments, its cells and exercises, seeds, digits",
        "how nbgrader converts",
    ),
    "diagnosis": Room(4, "mistakes, fingerprints, matching", "nbgrader"),
    "judge": Room(
        3,
        "the central act, one submission graded: open a kernel, run the cells, open the channel, "
        "run pytest here, tally with default 0, run again without the killer",
        "nbgrader, classes",
    ),
    "checks": Room(
        2,
        "`check`, weights, seeded inputs, the accuracy ramp, the pytest plugin",
        "Jupyter, nbgrader",
    ),
    "feedback": Room(
        2,
        "one submission's results in words, HTML and pictures, for a stated reader",
        "where results come from",
    ),
    "kernel": Room(
        2,
        "a sandboxed Jupyter kernel, forked from a warm process: fork server, sandbox, limits, "
        "provisioner, channel",
        "grading",
    ),
    "namespace": Room(
        2,
        "a notebook's namespace as the judge sees it, over any channel: remote (the student's) "
        "and local (the solution's); handles",
        "kernels, pytest",
    ),
    "expect": Room(
        1,
        "comparisons that explain themselves: a record of the first difference, in a student's "
        "words; runs on students' machines with torch and numpy alone",
        "pytest, settings",
    ),
    "in_sandbox": Room(
        1,
        "what runs beside the student's code: the agent that answers the channel, start-up after "
        "the fork. Small, readable in ten minutes",
        "every secret",
    ),
    "accelerator": Room(1, "the simulated accelerator", "all others"),
    "hand_in": Room(
        1,
        "what a student hands in, read: its files, which notebook of them counts, which cell is "
        "which of the assignment's. Runs on students' machines too",
        "courses, nbgrader and grading",
    ),
    "mnist": Room(1, "getting and preparing the data set", "all other rooms but errors"),
    "settings": Room(
        1,
        "the Configurables of `course_config.py`, and frozen records of them that are handed down",
        "all others",
    ),
    "files": Room(
        0,
        "files and folders that others see whole or not at all: locks, swaps, work that a kill "
        "left",
        "all others",
    ),
    "quick": Room(
        0,
        "a quick start: what our own processes leave out of others' imports",
        "all others",
    ),
    "wire": Room(0, "plain data ↔ header and buffers, with validation", "all others"),
    "results": Room(
        0,
        "the records of outcomes and points, `checks.json`; standard library only",
        "where results come from",
    ),
    "errors": Room(
        0,
        "one tree of errors: each builds its sentence from facts, knows its mend and its exit code",
        "all others",
    ),
}

SAME_LAYER = {
    ("wire", "errors"): "what breaks the wire's rules is a KitError like others",
    ("results", "files"): "`checks.json` is seen whole",
    ("hand_in", "expect"): "names and texts of students are shown in one way",
    ("checks", "namespace"): "the API for checks hands out spaces and handles",
}

# What may be in the student's process at all: rooms, and of `kernel` two folders.
BESIDE_STUDENT_CODE = {
    *("errors", "wire", "in_sandbox", "expect", "accelerator", "mnist"),
    *("kernel.fork_server", "kernel.walls"),
}

# The third column in terms of imports, where layers alone do not enforce it.
ALL_OTHERS = sorted(name for name, room in ROOMS.items() if "all other" in room.knows_nothing_of)
NEVER_IMPORTS = {
    "checks": {"nbgrader", "jupyter_client", "ipykernel", "IPython", "nbclient", "nbformat"},
    "diagnosis": {"nbgrader"},
    "expect": {"pytest", "traitlets"},
    "hand_in": {"nbgrader", "torch", "numpy"},
    "judge": {"nbgrader", "nbformat"},
    "kernel": {"autograder.results", "nbgrader", "pytest"},
    # Its steps are used: they are given a notebook and give one back.
    "marking": {"nbgrader.converters", "nbgrader.api", "nbgrader.apps", "sqlalchemy", "sqlite3"},
    "namespace": {"pytest", "jupyter_client", "zmq"},
    # Nothing runs for a report: not a check, not a cell.
    "report": {"torch", "autograder.judge", "autograder.checks", "autograder.kernel"},
}


@dataclass(frozen=True)
class Import:
    """A module that a file of ours imports, at its top or anywhere inside."""

    file: Path
    line: int
    module: str

    @property
    def importer(self) -> str:
        return room_of(self.file)

    def __str__(self) -> str:
        return f"{self.file.relative_to(REPOSITORY)}:{self.line} imports {self.module}"


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def sources() -> dict[Path, ast.Module]:
    files = [path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py"]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(files)}


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for file, tree in sources().items():
        for node in ast.walk(tree):
            yield file, node


@cache
def imports() -> tuple[Import, ...]:
    return tuple(
        Import(file, node.lineno, module)
        for file, node in nodes()
        if isinstance(node, ast.stmt | ast.expr)
        for module in _imported(node)
    )


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(level=0, module=str(module), names=names):
            return [f"{module}.{name.name}" for name in names]
        case ast.ImportFrom():
            raise AssertionError(f"line {node.lineno}: a relative import hides which room it is of")
        # A name that is imported later, as the fork server does and entry points do.
        case ast.Constant(value=str(text)) if re.fullmatch(r"autograder(\.\w+)+", text):
            return [text]
    return []


def room_imports() -> Iterator[tuple[Import, str]]:
    """Each import of one room by another, with the room that is imported."""
    for found in imports():
        parts = found.module.split(".")
        if parts[0] == "autograder" and len(parts) > 1 and parts[1] != found.importer:
            yield found, parts[1]


def existing_rooms() -> list[str]:
    return sorted({room_of(file) for file in sources()})


@pytest.mark.parametrize(
    "source",
    [
        "import autograder.judge.grade",
        "from autograder import judge",
        "from autograder.judge.grade import Judge",
        "def later():\n    from autograder.judge import grade",
        "if TYPE_CHECKING:\n    import autograder.judge.grade as grade",
        "import_module('autograder.judge.grade')",
    ],
)
def test_an_import_is_found_wherever_it_stands(source: str) -> None:
    found = [module for node in ast.walk(ast.parse(source)) for module in _imported(node)]

    assert [module.split(".")[1] for module in found] == ["judge"]


def test_every_room_is_in_the_table() -> None:
    assert set(existing_rooms()) - set(ROOMS) == set()


def test_a_room_imports_from_layers_below_its_own() -> None:
    wrong = [
        str(found)
        for found, room in room_imports()
        if ROOMS[room].layer > ROOMS[found.importer].layer
    ]

    assert wrong == []


def test_rooms_of_one_layer_do_not_see_one_another_but_for_stated_reasons() -> None:
    wrong = [
        str(found)
        for found, room in room_imports()
        if ROOMS[room].layer == ROOMS[found.importer].layer
        and (found.importer, room) not in SAME_LAYER
    ]

    assert wrong == []


def test_every_stated_exception_is_still_needed() -> None:
    used = {(found.importer, room) for found, room in room_imports()}

    assert set(SAME_LAYER) - used == set()


def test_the_package_itself_imports_nothing() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))

    assert [node for node in ast.walk(tree) if _imported(node)] == []


@pytest.mark.parametrize("room", ALL_OTHERS)
def test_what_knows_nothing_of_all_others_imports_errors_at_most(room: str) -> None:
    wrong = [str(found) for found, of in room_imports() if found.importer == room != of != "errors"]

    assert wrong == []


@pytest.mark.parametrize("room", NEVER_IMPORTS)
def test_what_a_room_knows_nothing_of_it_does_not_import(room: str) -> None:
    wrong = [
        str(found)
        for found in imports()
        for name in NEVER_IMPORTS[room]
        if found.importer == room and f"{found.module}.".startswith(f"{name}.")
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("room", "packages"),
    [("results", set()), ("errors", set()), ("expect", {"torch", "numpy"})],
)
def test_what_runs_everywhere_needs_little(room: str, packages: set[str]) -> None:
    outside = {found.module.split(".")[0] for found in imports() if found.importer == room}

    assert outside - set(sys.stdlib_module_names) - {"autograder"} == packages


def docstring_of(room: str) -> str:
    """A room's docstring, each paragraph in one line."""
    path = PACKAGE / f"{room}.py"
    tree = sources()[path if path.is_file() else PACKAGE / room / "__init__.py"]
    paragraphs = (ast.get_docstring(tree) or "").split("\n\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


@pytest.mark.parametrize("room", existing_rooms())
def test_a_rooms_docstring_begins_with_what_it_holds(room: str) -> None:
    first = docstring_of(room).splitlines()[0]
    holds = ROOMS[room].holds

    assert first.lower().startswith(holds.lower())


@pytest.mark.parametrize(
    "room", [room for room in existing_rooms() if ROOMS[room].knows_nothing_of]
)
def test_a_rooms_docstring_says_what_it_knows_nothing_of(room: str) -> None:
    assert f"Knows nothing of {ROOMS[room].knows_nothing_of}." in docstring_of(room)


# What the student's process holds


def printed_by(program: str) -> list[str]:
    """The words that a program prints in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.split()


@cache
def modules_beside_student_code() -> frozenset[str]:
    """The modules of a fresh process that imports what a kernel and its fork server import."""
    program = f"""
import importlib, sys
sys.path.insert(0, {str(REPOSITORY)!r})
import autograder.in_sandbox.agent
import autograder.expect.raising
from autograder.expect import Difference, Mismatch, expect, require
import autograder.mnist
import autograder.kernel.fork_server.__main__
import autograder.kernel.fork_server.preloading as preloading
for name in autograder.mnist.__all__:
    getattr(autograder.mnist, name)
import autograder.accelerator
import autograder.in_sandbox.start
for name in preloading._PRELOADED:
    if name.startswith("autograder."):
        importlib.import_module(name)
print(*sys.modules)
"""
    return frozenset(printed_by(program))


def test_the_students_process_holds_only_what_may_be_seen_there() -> None:
    ours = {name for name in modules_beside_student_code() if name.startswith("autograder.")}

    allowed = tuple(f"autograder.{place}." for place in BESIDE_STUDENT_CODE)
    surplus = {name for name in ours if not f"{name}.".startswith(allowed)}
    assert surplus == {"autograder.kernel"}, "the room's own docstring, and nothing else of it"


@pytest.mark.parametrize(
    "package", ["nbgrader", "pytest", "_pytest", "sqlalchemy", "nbconvert", "nbclient", "nbformat"]
)
def test_the_students_process_holds_nothing_of_grading(package: str) -> None:
    found = {name for name in modules_beside_student_code() if name.split(".")[0] == package}

    assert found == set()


@pytest.mark.parametrize(
    "room", ["checks", "judge", "results", "settings", "namespace", "diagnosis", "nbgrader_bridge"]
)
def test_the_rooms_with_secrets_are_not_in_the_students_process(room: str) -> None:
    assert f"autograder.{room}" not in modules_beside_student_code()


def test_no_worker_imports_the_writer() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
import autograder.marking.template
import autograder.marking.worker
print(*sys.modules)
"""
    modules = printed_by(program)

    assert "autograder.marking.mark" in modules
    assert [
        m for m in modules if m.startswith(("autograder.nbgrader_bridge", "autograder.class"))
    ] == []


def test_passing_through_a_package_imports_nothing_else() -> None:
    places = (*sorted(BESIDE_STUDENT_CODE), "kernel")
    rooms = [place for place in places if (PACKAGE / place.replace(".", "/")).is_dir()]
    program = (
        f"import sys; sys.path.insert(0, {str(REPOSITORY)!r})\n"
        + "\n".join(f"import autograder.{room}" for room in rooms)
        + "\nprint(*(m for m in sys.modules if m.startswith('autograder.') or m == 'torch'))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert sorted(done.stdout.split()) == sorted(f"autograder.{room}" for room in rooms)


# What would run a text as a program


UNPICKLERS = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}


def _at(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(REPOSITORY)}:{getattr(node, 'lineno', 0)}"


def test_nothing_is_unpickled() -> None:
    wrong = [str(found) for found in imports() if found.module.split(".")[0] in UNPICKLERS]
    for file, node in nodes():
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="torch" | "np" | "numpy"), attr="load")
            ):
                switches = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                if switches.get("weights_only") != "True":
                    wrong.append(_at(file, node))
            case ast.keyword(arg="allow_pickle", value=ast.Constant(value=True)):
                wrong.append(_at(file, node.value))
            case ast.keyword(arg="weights_only", value=ast.Constant(value=False)):
                wrong.append(_at(file, node.value))

    assert wrong == []


def test_no_text_is_evaluated() -> None:
    wrong = [
        _at(file, node)
        for file, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "literal_eval", "__import__"}
    ]

    assert wrong == []


def test_code_is_run_only_for_the_reference_solution_and_for_helper_code() -> None:
    files = {
        str(file.relative_to(PACKAGE))
        for file, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"exec", "compile"}
    }

    assert files == {"in_sandbox/agent.py", "namespace/local.py"}

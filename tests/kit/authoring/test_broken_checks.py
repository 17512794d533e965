"""Check files broken on purpose: which places, and what stands there then."""

from __future__ import annotations

import ast
import difflib

import pytest

from autograder.authoring.broken_checks import Broken, broken_versions
from autograder.course.course import open_course
from autograder.settings.load import load
from tests.kit.course_maker import REPOSITORY

HEAD = "from autograder.checks import check, expect, require\n\n\n"


def versions(body: str, more: str = "") -> list[Broken]:
    check = "@check('f')\ndef test_it(student, rng):\n"
    indented = "".join(f"    {line}\n" if line else "\n" for line in body.splitlines())
    return broken_versions({"test_one.py": f"{HEAD}{more}{check}{indented}".encode()})


def changed(body: str, more: str = "") -> dict[str, str]:
    """What was done, and the lines that came in the place of others."""
    return {one.done: difference(one) for one in versions(body, more)}


def difference(broken: Broken) -> str:
    before = broken.source.content.decode().splitlines()
    after = broken.content.decode().splitlines()
    lines = [line[1:].strip() for line in difflib.ndiff(before, after) if line[0] == "+"]
    return "\n".join(line for line in lines if line)


AT_ONCE = {"test_it returns at once": "return"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("expect(student.f(1), 2)", {"taken out": "pass"}),
        ("x = student.f(1)\nassert x", {"taken out": "pass"}),
        ("torch.testing.assert_close(student.f(1), 2)", {"taken out": "pass"}),
        ("pytest.fail('never')", {"taken out": "pass"}),
        ("credit(0.5, 'half')", {"taken out": "pass"}),
        ("if student.f(1):\n    raise Mismatch('no')", {"taken out": "pass"}),
        ("with pytest.raises(ValueError, match='x'):\n    student.f(1)",
         {"need not raise": 'with __import__("contextlib").suppress(ValueError):'}),
        ("share = ramp(student.f(1), 0.5, 0.9)", {"the ramp gives everything": "share = 1.0"}),
        ("expect(student.f(1), 2, rtol=1e-3, atol=0)",
         {"taken out": "pass",
          "tolerances × 1000": "expect(student.f(1), 2, rtol=(0.001) * 1000, atol=0)"}),
        ("require(student.f(1) == 2, 'no')",
         {"taken out": "pass",
          "`student.f(1) == 2`: `==` → `!=`": "require(student.f(1) != 2, 'no')"}),
        ("require(bool(x > 0), 'no')",
         {"taken out": "pass",
          "`x > 0`: `>` → `<=`": "require(bool(x <= 0), 'no')",
          "`x > 0`: `>` → `>=`": "require(bool(x >= 0), 'no')"}),
        ("require(x < 0.5, 'no')",
         {"taken out": "pass", "`x < 0.5`: `<` → `>=`": "require(x >= 0.5, 'no')"}),
        ("require(isinstance(x, list) and len(x) == 2, 'no')",
         {"taken out": "pass",
          "`and` → `or`": "require(isinstance(x, list) or len(x) == 2, 'no')",
          "`len(x) == 2` taken for true": "require(isinstance(x, list) and True, 'no')"}),
        ("require(all(a == b for a, b in x), 'no')",
         {"taken out": "pass",
          "`all` → `any`": "require(any(a == b for a, b in x), 'no')",
          "`a == b` taken for true": "require(all(True for a, b in x), 'no')"}),
        ("require(bool((a - b).abs().gt(0).all()), 'no')",
         {"taken out": "pass",
          "`.all` → `.any`": "require(bool((a - b).abs().gt(0).any()), 'no')"}),
        # A comparison of tensors within arithmetic is no condition.
        ("require((a == b).float().mean() + 1, 'no')", {"taken out": "pass"}),
        ("for x in (1, 2):\n    expect(student.f(x), x)",
         {"taken out": "pass"}),
        ("for x in range(3):\n    student.f(x)", {}),
        ("for gpu in accelerators(student):\n    expect(gpu.call(student.f), 1)",
         {"taken out": "pass"}),
        ("fairly(student, RIGHT, lambda: expect(student.f(1), 2))", {"taken out": "pass"}),
        ("define(student, TOOLS)", {}),
    ],
)  # fmt: skip
def test_what_is_done_to_a_check(body: str, expected: dict[str, str]) -> None:
    assert changed(body) == {**AT_ONCE, **expected}


def test_a_check_returns_after_its_docstring() -> None:
    (broken, *_) = versions('"""Why."""\nfor x in (1, 2):\n    student.f(x)')

    assert broken.content.decode().splitlines()[-5:] == [
        "def test_it(student, rng):",
        '    """Why."""',
        "    return",
        "    for x in (1, 2):",
        "        student.f(x)",
    ]


HELPERS = """CLOSE = {"rtol": 1e-3}


def _unused(x):
    expect(x, 1)


def _is_two(x):
    return isinstance(x, int) and x == 2


def _look(x):
    def inner():
        expect(x, 2, **CLOSE)
    inner()


@for_page("f")
def page_it(student):
    require(student.f(1), "no")


@check("g")
def test_other(student):
    _look(student.g(1))


"""


def test_helpers_count_for_the_checks_that_call_them_and_pages_for_none() -> None:
    found = versions("_look(student.f(1))\nrequire(_is_two(student.f(1)), 'no')", HELPERS)

    done = [(one.place.split(":")[1], one.done, sorted(one.checks)) for one in found]
    assert done == [
        ("_is_two", "`and` → `or`", ["f"]),
        ("_is_two", "`x == 2` taken for true", ["f"]),
        ("_look", "taken out", ["f", "g"]),
        ("_look", "taken out", ["f", "g"]),
        ("test_other", "test_other returns at once", ["g"]),
        ("test_other", "taken out", ["g"]),
        ("test_it", "test_it returns at once", ["f"]),
        ("test_it", "taken out", ["f"]),
        ("test_it", "taken out", ["f"]),
        ("CLOSE", "tolerances × 1000", ["f", "g"]),
    ]
    assert found[2].checks == {"f": {"test_it"}, "g": {"test_other"}}


def test_what_follows_a_changed_statement_stays_in_its_line() -> None:
    body = "expect(\n    student.f(1),\n    2,\n)\nrequire(\n    a\n    == b,\n    'no',\n)\nlast()"

    for one in versions(body)[1:]:
        assert one.content.decode().splitlines().index("    last()") == 14, one.done


def test_letters_that_are_more_than_a_byte_shift_nothing() -> None:
    assert changed("expect(student.f('é'), 'ü'); x = 1")["taken out"] == "pass; x = 1"


def test_a_place_is_known_again_whatever_stands_around_its_function() -> None:
    one = versions("expect(student.f(1), 2)")
    other = versions("# A comment.\nexpect(student.f(1), 2)", "Z = 1\n\n\n")

    assert [broken.place for broken in one] == [broken.place for broken in other]


COURSE = open_course(load(REPOSITORY))


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_all_versions_of_the_courses_checks_are_python_and_different(assignment: str) -> None:
    folder = COURSE.checks_folder(assignment)
    found = broken_versions({path.name: path.read_bytes() for path in folder.glob("test_*.py")})

    places = [one.place for one in found]
    assert len(set(places)) == len(places) > 50
    for one in found:
        assert one.content != one.source.content
        ast.parse(one.content)

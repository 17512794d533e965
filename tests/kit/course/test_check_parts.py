"""Which exercises a change in the hidden checks is about."""

from __future__ import annotations

import pytest

from autograder.course.check_parts import digests_by_exercise
from autograder.course.course import open_course
from autograder.course.packed import check_files
from autograder.settings.load import load
from tests.kit.course_maker import REPOSITORY

FIRST = b'''"""Checks."""
from autograder.checks import check, expect, for_page

LENT = "def transpose(m): return m.T"


def helper(student):
    return student.transpose


@check("transpose", weight=2)
def test_swaps(student, solution):
    expect(helper(student)(1), 2)


@for_page("total")
def page_total(student):
    pass


@check("total")
def test_adds(student):
    """Adds."""
    expect(student.total(1), 2)
'''
SECOND = b"""from autograder.checks import check


@check("scale")
def test_scales(student):
    assert student.scale(1)
"""
FILES = {"test_1.py": FIRST, "test_2.py": SECOND}


def changed(files: dict[str, bytes]) -> set[str]:
    before, now = digests_by_exercise(FILES), digests_by_exercise(files)
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


@pytest.mark.parametrize(
    ("old", "new", "exercises"),
    [
        (b"student.total(1), 2", b"student.total(1), 3", {"total"}),
        (b"(student):\n    pass", b"(student):\n    student.total", {"total"}),
        (b"weight=2", b"weight=3", {"transpose"}),
        (b"return m.T", b"return m.t()", {"transpose", "total"}),
        (b"return student.transpose", b"return student.total", {"transpose", "total"}),
        (b"    expect(helper", b"    # Why.\n\n    expect(helper", set()),
        (b'@check("total")\n', b'@check("scale")\n', {"total", "scale"}),
    ],
)
def test_a_change_is_about_those_who_use_it(old: bytes, new: bytes, exercises: set[str]) -> None:
    assert FIRST.count(old) == 1

    assert changed({**FILES, "test_1.py": FIRST.replace(old, new)}) == exercises


def test_a_check_that_others_call_is_theirs_too() -> None:
    calls = FIRST + b"\n\nKEPT = test_adds\n"
    other = calls.replace(b"student.total(1), 2", b"student.total(1), 3")

    before, now = (digests_by_exercise({"test_1.py": one}) for one in (calls, other))
    assert before["transpose"] != now["transpose"]


def test_a_module_beside_the_checks_is_everybodys() -> None:
    assert changed({**FILES, "tools.py": b"SIZE = 3"}) == {"transpose", "total", "scale"}


def test_a_new_and_a_lost_exercise_are_told() -> None:
    assert changed({"test_1.py": FIRST}) == {"scale"}


def test_of_what_is_no_python_nothing_is_known() -> None:
    assert digests_by_exercise({"test_1.py": b"def test_("}) == {}


def test_each_exercise_of_the_course_has_its_own() -> None:
    course = open_course(load(REPOSITORY))
    for assignment in course.assignments():
        found = digests_by_exercise(check_files(course, assignment))
        assert len(set(found.values())) == len(found) > 1


def test_a_tool_is_of_those_who_name_it_and_of_whom_it_serves() -> None:
    named = FIRST.replace(
        b'LENT = "def transpose(m): return m.T"', b'LENT = tools(__file__, "nets")'
    )
    tools = {
        "tools/nets.py": b"from layers import layer\n\n\ndef net(): return layer()\n",
        "tools/layers.py": b"def layer(): return 1\n",
        "tools/others.py": b"def other(): return 1\n",
    }
    files = {"test_1.py": named, "test_2.py": SECOND, **tools}
    before = digests_by_exercise(files)

    def about(name: str) -> set[str]:
        now = digests_by_exercise({**files, name: files[name] + b"MORE = 1\n"})
        return {one for one in now if now[one] != before[one]}

    assert about("tools/nets.py") == {"transpose", "total"}
    assert about("tools/layers.py") == {"transpose", "total"}
    assert about("tools/others.py") == set()


CLAUSES = b"""

CLAUSES = {"total": [{"text": "The sum.", "checks": ["test_adds"], "broken_by": "mistakes/one"}]}
"""


def test_what_checks_are_for_changes_no_result() -> None:
    assert changed({**FILES, "test_1.py": FIRST + CLAUSES}) == set()
    other = CLAUSES.replace(b"CLAUSES =", b"CLAUSES: Final =").replace(b"one", b"two")
    assert changed({**FILES, "test_1.py": FIRST + other}) == set()


def test_clauses_that_a_check_reads_are_part_of_it() -> None:
    read = FIRST.replace(b"student.total(1), 2", b"student.total(1), len(CLAUSES)")
    before, now = (
        digests_by_exercise({"test_1.py": read + one}) for one in (CLAUSES, CLAUSES + b"#\nX = 3")
    )
    assert before != now
    other = CLAUSES.replace(b"mistakes/one", b"mistakes/two")
    assert digests_by_exercise({"test_1.py": read + other}) != before

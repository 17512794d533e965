"""Lines that nothing needs: reasons, and what counts."""

from __future__ import annotations

import pytest

from autograder.authoring.broken_checks import broken_versions
from autograder.authoring.unneeded import (
    Checked,
    CheckLine,
    Lines,
    ReasonTooShort,
    lines_of,
    reasons_in,
)

CHECKS = """\
@check("f")
def test_it(student):
    for x in (1, 2):
        expect(student.f(x), x)
    # Two sentences, of which the second is why.
    # unneeded: nobody has found an answer
    # that is wrong here.
    expect(
        student.f(3),
        3,
    )
    expect(student.f(4), 4)  # unneeded: a guard for later years
"""
IN_LOOP, BEFORE, BEHIND = 4, 8, 12
WHY = "nobody has found an answer that is wrong here."


def lines(unnoticed: set[tuple[int, str]], text: str = CHECKS) -> Lines:
    files = {"test_one.py": text.encode()}
    found = [
        Checked(broken=one, by="" if (one.line, one.done) in unnoticed else "mistakes/f/wrong")
        for one in broken_versions(files)
    ]
    return lines_of(files, found)


def places(some: list[CheckLine]) -> list[int]:
    return [one.line for one in some]


def test_a_reason_stands_behind_its_line_or_before_it() -> None:
    assert reasons_in("test_one.py", CHECKS.encode()) == {
        BEFORE: WHY,
        BEHIND: "a guard for later years",
    }


def test_a_reason_that_says_hardly_anything_is_refused() -> None:
    with pytest.raises(ReasonTooShort) as refused:
        reasons_in("test_one.py", b"x = 1\nexpect(x, 1)  # unneeded: never mind\n")

    assert str(refused.value) == (
        "The reason after `# unneeded:` in test_one.py, line 2, is too short. "
        "Say in 15 characters or more why no answer needs it."
    )


def test_a_line_is_needed_where_each_way_to_break_it_is_noticed() -> None:
    found = lines({(IN_LOOP, "taken out")})

    assert places(found.unneeded) == [IN_LOOP]
    assert str(found.unneeded[0]) == "test_one.py:4: expect(student.f(x), x) (taken out)"
    assert found.share == 3 / 4


def test_a_reason_accounts_for_a_line_and_one_without_need_is_named() -> None:
    found = lines({(BEFORE, "taken out")})

    assert found.unneeded == []
    assert places(found.with_reason) == [BEFORE]
    assert places(found.needed_after_all) == [BEHIND]
    assert found.share == 1
    assert str(found) == (
        "4 lines broken in 4 ways: 3 are needed, 1 have a reason, 0 have neither "
        "(100.0% accounted for)"
    )


def test_no_lines_are_all_accounted_for() -> None:
    assert lines_of({}, []).share == 1

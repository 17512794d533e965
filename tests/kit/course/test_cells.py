"""What is run of a notebook's cells."""

from __future__ import annotations

import pytest

from autograder.course.cells import up_to_the_last_check


@pytest.mark.parametrize(
    "check",
    [
        "expect(f(1), 2)",
        "for n in (1, 2):\n    require(\n        f(n) == 2,\n        'no',\n    )",
        "assert f(1) == 2",
        "if f(1) != 2:\n    raise ValueError",
    ],
)
def test_a_visible_check_ends_with_the_last_thing_that_it_asks(check: str) -> None:
    asked = f"x = 1\n{check}"

    assert up_to_the_last_check(f"{asked}\nprint('all well')\nplt.plot(x)") == asked


@pytest.mark.parametrize("source", ["print(f(1))\nprint(2)", "%matplotlib inline\nexpect(1, 1)\nx"])
def test_one_that_asks_nothing_that_can_be_seen_is_whole(source: str) -> None:
    assert up_to_the_last_check(source) == source

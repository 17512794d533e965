"""What an exercise's points are for is read off its check file, and measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.points import Worth, complaints, read_worths, shares
from autograder.checks.marks import check


def checks_folder(tmp_path: Path, *parts: str) -> Path:
    """A folder with a check file of the exercise `total`: a check for each "WEIGHT PART"."""
    lines = ["from autograder.checks import check"]
    for number, (weight, part) in enumerate(one.split() for one in parts):
        said = f', part="{part}"' if part != "-" else ""
        lines += [f'@check("total", weight={weight}{said})', f"def test_{number}(student): ..."]
    (tmp_path / "test_total.py").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_weights_and_parts_are_read(tmp_path: Path) -> None:
    worths = read_worths(checks_folder(tmp_path, "3 idea", "1.5 contract", "1.5 details"))

    assert worths == {
        "total": [
            Worth(check="test_0", weight=3, part="idea"),
            Worth(check="test_1", weight=1.5, part="contract"),
            Worth(check="test_2", weight=1.5, part="details"),
        ]
    }
    assert shares(worths["total"]) == {"idea": 0.5, "contract": 0.25, "details": 0.25}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["2 idea", "1 contract", "1 details"], []),
        (["1 idea"], []),
        (["2 idea", "1 -"], ["points/total: test_1 says no part: one of idea, contract, details"]),
        (
            ["1 idea", "2 contract"],
            ["points/total: 33% of the points are for the idea, at least 50%"],
        ),
        (["2 idea", "1 details"], ["points/total: 33% are for the details, at most 25%"]),
    ],
)
def test_a_share_that_is_too_small_or_too_large_is_told(
    tmp_path: Path, parts: list[str], said: list[str]
) -> None:
    worths = read_worths(checks_folder(tmp_path, *parts))

    assert dict(complaints(worths)) == {"points/total": said}


def test_checks_that_name_no_part_are_left_alone(tmp_path: Path) -> None:
    assert list(complaints(read_worths(checks_folder(tmp_path, "1 -", "2 -")))) == []


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="is of part 'style'"):
        check("total", part="style")

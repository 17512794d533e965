"""How accurate trained answers become, and the thresholds that follow from it."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest

from autograder.authoring.calibration import (
    Calibration,
    NothingTrained,
    Sample,
    trained_exercises,
)
from autograder.authoring.calibration_numbers import (
    Spread,
    Thresholds,
    proposed,
    rates,
    spreads,
)
from autograder.authoring.calibration_picture import PictureRefused, write_picture
from autograder.authoring.chance import exponential_tail, normal_tail, seeded
from autograder.cli.commands import run
from autograder.course.course import Course, open_course
from autograder.errors import UnknownName
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
ASSIGNMENT, EXERCISE = "4-training", "model"
KEPT = {"momentum.py", "untrained.py", "class_instead_of_object.py"}
# Few digits make trainings short.
SETTINGS = """
c.MnistData.root = {digits!r}
c.MnistData.train_samples = 600
c.MnistData.hidden_samples = 200
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, digits: Path) -> Path:
    """This course with few digits and few answers to the trained exercise, calibrated once."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    config = (ROOT / "course_config.py").read_text(encoding="utf-8")
    more = SETTINGS.format(digits=str(digits))
    (root / "course_config.py").write_text(config + more, encoding="utf-8")
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(ROOT / name, root / name)
    for folder in ("mistakes", "variants"):
        for path in (root / "tests/hidden" / ASSIGNMENT / folder / EXERCISE).glob("*.py"):
            if path.name not in KEPT:
                path.unlink()
    list(Calibration(open_course(load(root)), ASSIGNMENT, EXERCISE, 2).measured())
    return root


@pytest.fixture
def course(trained: Path, tmp_path: Path) -> Course:
    """A copy of that course for each test."""
    shutil.copytree(trained, tmp_path / "course")
    return open_course(load(tmp_path / "course"))


def kept_in(course: Course) -> Path:
    return course.private / "calibrate" / f"{ASSIGNMENT}-{EXERCISE}.jsonl"


def edit_config(course: Course, line: str) -> Course:
    path = course.root / "course_config.py"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    return open_course(load(course.root))


def test_each_answer_is_trained_under_each_seed_and_read_by_the_judge(course: Course) -> None:
    found = Calibration(course, ASSIGNMENT, EXERCISE, 2)

    assert found.missing == []
    by_name = {one.answer: one for one in spreads(found.samples)}
    assert list(by_name) == [
        "model/reference",
        "model/momentum",
        "model/class_instead_of_object",
        "model/untrained",
    ]
    assert [one.kind for one in by_name.values()] == ["reference", "variant", "mistake", "mistake"]
    reference, untrained = by_name["model/reference"], by_name["model/untrained"]
    assert len(reference.values) == len(untrained.values) == 2
    assert reference.values[0] > untrained.values[-1] + 0.2
    # Other seeds, other trainings and other digits.
    assert reference.values[0] != reference.values[1]
    assert by_name["model/class_instead_of_object"].unread == 2


def test_what_is_kept_stands_until_what_it_depends_on_changes(course: Course) -> None:
    cheaper = edit_config(course, "c.Grading.full_marks_accuracy = 0.80")

    assert Calibration(cheaper, ASSIGNMENT, EXERCISE, 2).missing == []
    more = Calibration(cheaper, ASSIGNMENT, EXERCISE, 3)
    assert [(answer.path.stem, seed) for _kind, answer, seed in more.missing] == [
        ("reference", 2),
        ("momentum", 2),
        ("class_instead_of_object", 2),
        ("untrained", 2),
    ]
    path = course.checks_folder(ASSIGNMENT) / "mistakes" / EXERCISE / "untrained.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nmodel.eval()\n", encoding="utf-8")
    again = Calibration(cheaper, ASSIGNMENT, EXERCISE, 2)
    assert {answer.path.stem for _kind, answer, _seed in again.missing} == {"untrained"}
    harder = edit_config(cheaper, "c.MnistData.hidden_distortion = 2.0")
    assert len(Calibration(harder, ASSIGNMENT, EXERCISE, 2).missing) == 8


def test_a_run_that_was_cut_off_goes_on_where_it_was(course: Course) -> None:
    path = kept_in(course)
    whole = path.read_text(encoding="utf-8")
    lines = whole.splitlines()
    # In the midst of the sample of untrained, whose training is none.
    path.write_text("\n".join(lines[:-1]) + "\n" + lines[-1][:30], encoding="utf-8")

    found = Calibration(course, ASSIGNMENT, EXERCISE, 2)
    (sample,) = found.measured()

    assert sample.answer == "model/untrained"
    assert json.loads(lines[-1])["accuracy"] == sample.accuracy
    assert Calibration(course, ASSIGNMENT, EXERCISE, 2).missing == []


def test_the_command_shows_a_table_a_picture_and_the_lines_to_set(
    course: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    with pytest.raises(SystemExit) as ended:
        run(["calibrate", ASSIGNMENT, "--seeds", "2", "--course", str(course.root)])

    assert ended.value.code == 0
    printed = capsys.readouterr().out
    measured = spreads(Calibration(course, ASSIGNMENT, EXERCISE, 2).samples)
    for one in measured:
        assert one.answer.partition("/")[2] in printed
    then = proposed(measured)
    if then is None:
        assert "No thresholds are proposed" in printed
    else:
        assert f"c.Grading.full_marks_accuracy = {then.full:.2f}" in printed
    picture = course.root / "calibrate" / f"{ASSIGNMENT}-{EXERCISE}.svg"
    assert f"Picture: {picture}" in printed
    assert "momentum" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["1-tensors"], 2, "No check of 1-tensors uses course.full_marks_accuracy"),
        ([ASSIGNMENT, "modle"], 2, "Did you mean model?"),
        ([ASSIGNMENT, "--output", "picture.gif"], 2, "Give it the ending .svg or .png."),
    ],
)
def test_what_cannot_be_calibrated_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["calibrate", *arguments, "--course", str(ROOT)])

    assert ended.value.code == code
    assert says in " ".join(capsys.readouterr().err.split())


def test_the_exercises_with_an_accuracy_are_found_by_their_checks() -> None:
    course = open_course(load(ROOT))

    assert trained_exercises(course, ASSIGNMENT) == [EXERCISE]
    with pytest.raises(NothingTrained):
        trained_exercises(course, "2-data")
    with pytest.raises(UnknownName):
        trained_exercises(course, ASSIGNMENT, "fit")


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("torch.manual_seed(1)\ntrain()\n", "torch.manual_seed(7)\ntrain()\n"),
        ("train()\n", "torch.manual_seed(7)\ntrain()\n"),
    ],
)
def test_a_cell_trains_with_the_seed_that_it_is_given(source: str, becomes: str) -> None:
    assert seeded(source, 7) == becomes


def spread(name: str, kind: str, *values: float, unread: int = 0) -> Spread:
    return Spread(answer=f"model/{name}", kind=kind, values=tuple(sorted(values)), unread=unread)


FOUND = [
    spread("reference", "reference", 0.90, 0.92),
    spread("adam", "variant", 0.93, 0.95),
    spread("eight_digits", "mistake", 0.70, 0.71),
    spread("untrained", "mistake", 0.10, 0.12),
    spread("list", "mistake", unread=2),
]


def test_samples_are_counted_by_answer_and_those_without_a_model_apart() -> None:
    samples = [
        Sample(answer="model/a", kind="mistake", seed=seed, accuracy=accuracy, key="k")
        for seed, accuracy in enumerate([0.5, None, 0.25])
    ]

    assert spreads(samples) == [spread("a", "mistake", 0.25, 0.5, unread=1)]


def test_thresholds_keep_right_answers_and_leave_mistakes_out() -> None:
    # The means less and plus five deviations: 0.91 - 5 * 0.0141, 0.705 + 5 * 0.0071.
    assert proposed(FOUND) == Thresholds(minimum=0.75, full=0.83)


def test_a_mistake_that_reads_as_well_as_right_answers_does_not_move_the_minimum() -> None:
    good = spread("half_of_the_data", "mistake", 0.88, 0.89)

    assert proposed([*FOUND, good]) == proposed(FOUND)
    assert proposed([*FOUND[:2], good]) == Thresholds(minimum=0.68, full=0.83)


def test_the_first_point_stays_away_from_full_marks() -> None:
    near = spread("seven_digits", "mistake", 0.75, 0.79)

    assert proposed([*FOUND, near]) == Thresholds(minimum=0.78, full=0.83)


def test_nothing_is_proposed_where_right_answers_tell_too_little() -> None:
    assert proposed([spread("reference", "reference", 0.9)]) is None
    assert proposed([spread("reference", "reference", 0.1, 0.9), FOUND[2]]) is None


def test_what_thresholds_cost_is_counted_and_estimated() -> None:
    costs = rates(FOUND, Thresholds(minimum=0.70, full=0.91))

    lose, full, anything = costs.right_lose, costs.mistakes_full, costs.mistakes_any
    assert (lose.wrong, lose.count, lose.answer) == (1, 4, "model/reference")
    assert lose.normal == pytest.approx(0.5)
    assert lose.exponential == pytest.approx(0.5)
    assert (full.wrong, full.count) == (0, 6)
    assert (anything.wrong, anything.count, anything.answer) == (1, 6, "model/eight_digits")
    # 0.705 lies 0.005 above, 0.0071 is the deviation: 0.71 of it.
    assert anything.normal == pytest.approx(0.76, abs=0.005)


def test_an_answer_without_a_model_counts_as_one_that_loses() -> None:
    costs = rates(
        [spread("reference", "reference", 0.95, unread=1)], Thresholds(minimum=0, full=0.5)
    )

    assert (costs.right_lose.wrong, costs.right_lose.count) == (1, 2)


def test_tails_are_those_of_the_two_curves() -> None:
    assert normal_tail(2.0, 1.0) == pytest.approx(0.0228, abs=1e-4)
    assert exponential_tail(5.0, 1.0) == pytest.approx(0.5 * math.exp(-5 * math.sqrt(2)))
    assert exponential_tail(-5.0, 1.0) == pytest.approx(1 - exponential_tail(5.0, 1.0))
    for tail in (normal_tail, exponential_tail):
        assert tail(0.1, 0.0) == 0.0
        assert tail(-0.1, 0.0) == 1.0


def test_a_picture_names_each_answer_and_both_thresholds(tmp_path: Path) -> None:
    now, then = Thresholds(minimum=0.7, full=0.85), Thresholds(minimum=0.75, full=0.83)
    write_picture(tmp_path / "a" / "p.svg", "4-training, model", FOUND, now, then)
    write_picture(tmp_path / "p.PNG", "4-training, model", FOUND, now, None)

    svg = (tmp_path / "a" / "p.svg").read_text(encoding="utf-8")
    for text in ("reference", "eight_digits", "no model: 2 of 2", "4-training, model"):
        assert text in svg
    assert "proposed: points above 75%, all from 83%" in svg
    assert (tmp_path / "p.PNG").read_bytes().startswith(b"\x89PNG")


def test_a_picture_is_refused_where_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    now = Thresholds(minimum=0.7, full=0.85)

    with pytest.raises(PictureRefused, match="cannot be written"):
        write_picture(tmp_path / "file" / "p.svg", "t", FOUND, now, None)
    with pytest.raises(PictureRefused, match="ending"):
        write_picture(tmp_path / "p.gif", "t", FOUND, now, None)

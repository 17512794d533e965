"""`autograder review`: each reason for a person to look, once, in order, and how it ends."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.errors import UnknownName
from autograder.nbgrader_bridge.class_points import AnswerPoints
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.record import Record
from autograder.review.alike import alike
from autograder.review.alike import answers_of as compared_of
from autograder.review.alike_kept import keep_comparison
from autograder.review.queue import Item, NotDealt, Queue, dealt_to, end_items, queue_of
from autograder.review.queue_page import as_csv, item_lines, queue_html, queue_lines
from autograder.review.reasons import Reason
from autograder.review.requests import answer, ask
from autograder.review.sample import Finished, NoSample, draw, in_words, upper_bound, verdict_on
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini
from tests.kit.nbgrader_bridge.sample_class import find
from tests.kit.review.likeness_class import answers as answers_of
from tests.kit.review.likeness_class import record

CHECK = """

@check("from_list")
def test_breaks(student):
    if tuple(student.from_list([5]).shape) == (1, 1):
        raise RuntimeError("a mistake in the check")
"""
STRICTER = """

@check("with_column")
def test_leaves_the_matrix_as_it_was(student, rng):
    before = rng.tensor(3, 3)
    matrix = put(student, before)
    student.with_column(matrix, 1, 2.0)
    expect(fetch(matrix), before)
"""
IN_PLACE = "def with_column(m, j, value):\n    m[:, j] = value\n    return m"
BREAKS = """def from_list(values):
    return torch.tensor([values]) if len(values) == 1 else torch.tensor(values)"""
ENDLESS = """def transpose(m):
    while True:
        pass"""
NEAR = "def total(m):\n    return m.sum().item() * 1.0004"
ONLY_AS_SHOWN = "def total(m):\n    return 4.0"
TRIES = "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)"
# Names of students here that are words of the page, too.
ORDINARY = {"written", "raised", "fell", "shown", "failed", "alike"}
REASONS = (
    ("written", Reason.WRITTEN, WRITTEN),
    ("failed", Reason.NOT_GRADED, ""),
    ("raised", Reason.CHECK, "from_list"),
    ("twice", Reason.FILE, ""),
    ("endless", Reason.STOPPED, "transpose"),
    ("close", Reason.NEAR, "total"),
    ("shown", Reason.VISIBLE, "total"),
    ("tries", Reason.BLOCKED, ""),
    ("alike", Reason.ALIKE, ""),
    ("fell", Reason.FELL, ""),
    ("overridden", Reason.OVERRIDE, "total"),
    ("asks", Reason.REQUEST, "transpose"),
)


def ran(notebook: NotebookNode, *names: str) -> NotebookNode:
    """The notebook as saved after these cells have run well."""
    for name in names:
        find(notebook, name).execution_count = 1
    return notebook


@pytest.fixture(scope="module")
def course(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class that holds each reason once, and one submission without any."""
    mini = released.copy_to(tmp_path_factory.mktemp("queue") / "course")
    checks = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    checks.write_text(checks.read_text(encoding="utf-8") + CHECK, encoding="utf-8")
    unread = find(mini.released(), WRITTEN).source

    def silent(**answers: str) -> NotebookNode:
        return mini.answered(**{WRITTEN: unread, **answers})

    def adds_a_cell(notebook: NotebookNode) -> None:
        notebook.cells.append(new_code_cell(TRIES))

    for student in ("fine", "failed", "overridden", "asks"):
        mini.hand_in(student, silent())
    mini.hand_in("written", silent(**{WRITTEN: "Because it is a view."}))
    mini.hand_in("fell", silent(with_column=IN_PLACE))
    mini.hand_in("raised", silent(from_list=BREAKS))
    mini.hand_in("endless", silent(transpose=ENDLESS))
    mini.hand_in("close", silent(total=NEAR))
    mini.hand_in("shown", ran(silent(total=ONLY_AS_SHOWN), "total", "total-checks"))
    mini.hand_in("tries", mini.answered(adds_a_cell, **{WRITTEN: unread}))
    path = mini.hand_in("twice", silent())
    mini.hand_in("twice", silent(total=ONLY_AS_SHOWN)).rename(path.with_name("second.ipynb"))
    mini.hand_in("twice", silent()).rename(path.with_name("first.ipynb"))
    students = mini.course.submitted(ASSIGNMENT)
    list(grade_class(mini.course, ASSIGNMENT, students))

    list(feedback_for(mini.course, ASSIGNMENT, ["fell"], released=True))
    checks.write_text(checks.read_text(encoding="utf-8") + STRICTER, encoding="utf-8")
    list(grade_class(mini.course, ASSIGNMENT, ["fell"]))
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade("total-checks", ASSIGNMENT, ASSIGNMENT, "overridden")
        grade.manual_score = 1.0
        gradebook.db.commit()
    others = {who: answers_of(who) for who in (f"z{number:02d}" for number in range(30))}
    record(mini, {**others, "alike": others["z00"]})
    keep_comparison(mini.course, alike(compared_of(mini.course), ASSIGNMENT))
    ask(mini.course, ASSIGNMENT, "asks", "transpose", "Why not all\x1b[2J points?")
    Record(mini.course, ASSIGNMENT).note_problem("failed", "the disk was full.")
    return mini


@pytest.fixture(scope="module")
def queue(course: Mini) -> Queue:
    return queue_of(course.course, ASSIGNMENT, names=True)


def of(queue: Queue, reason: Reason) -> Item:
    (item,) = [item for item in queue.items if item.need.reason is reason]
    return item


def test_each_reason_is_listed_once_in_order(queue: Queue) -> None:
    found = [(i.need.student, i.need.reason, i.need.exercise) for i in queue.items]

    assert found == list(REASONS)


def test_each_says_what_was_seen_and_what_to_do(queue: Queue) -> None:
    for item in queue.items:
        assert item.need.seen, item
        assert item.act.endswith((".", "?", "…", ASSIGNMENT, WRITTEN)) or "autograder" in item.act
    assert "mistake in the check" in of(queue, Reason.CHECK).need.seen
    assert "Permission denied" in of(queue, Reason.BLOCKED).need.seen
    assert "expected" in of(queue, Reason.NEAR).need.seen
    assert "first.ipynb" in of(queue, Reason.FILE).need.seen


def test_each_link_leads_to_the_students_own_submission(course: Mini, queue: Queue) -> None:
    with opened(course.course.db_url) as gradebook:
        for item in queue.items:
            id_ = item.formgrader.rstrip("/").rpartition("/")[2]
            found = gradebook.find_submission_notebook_by_id(id_)
            assert found.student.id == item.need.student
            assert item.formgrader == f"http://localhost:8888/formgrader/submissions/{id_}/"
    assert Path(of(queue, Reason.FELL).page).is_file()
    assert of(queue, Reason.CHECK).page == ""


def test_it_is_as_anonymous_as_formgrader(course: Mini) -> None:
    found = queue_of(course.course, ASSIGNMENT)
    students = course.course.submitted(ASSIGNMENT)

    # The address of a student's page is the only place where an id stands.
    told = re.sub('href="[^"]*"', "", queue_html(found)) + "\n".join(queue_lines(found))

    assert all(item.shown.startswith("Submission #") for item in found.items)
    assert len({item.shown for item in found.items}) == len(found.items)
    words = set(re.findall(r"\w+", told))
    assert words.isdisjoint(set(students) - ORDINARY)


def test_what_has_been_looked_at_leaves_and_comes_back_with_another_answer(
    course: Mini, tmp_path: Path
) -> None:
    mini = course.copy_to(tmp_path / "course")
    near = of(queue_of(mini.course, ASSIGNMENT), Reason.NEAR)

    end_items(mini.course, ASSIGNMENT, [near.id], note="rounding")

    after = queue_of(mini.course, ASSIGNMENT)
    assert near.id not in [item.id for item in after.items]
    assert after.done == 1
    unread = find(mini.released(), WRITTEN).source
    mini.hand_in("close", mini.answered(**{WRITTEN: unread, "total": NEAR + "  # again"}))
    list(grade_class(mini.course, ASSIGNMENT, ["close"]))
    assert of(queue_of(mini.course, ASSIGNMENT), Reason.NEAR).need.student == "close"


def test_it_says_where_nobody_has_looked_what_is_alike(course: Mini, tmp_path: Path) -> None:
    mini = course.copy_to(tmp_path / "course")
    assert not [
        line for line in queue_lines(queue_of(mini.course, ASSIGNMENT)) if "alike a1" in line
    ]
    mini.hand_in("fine", mini.answered(total="def total(m):\n    return float(m.sum())"))
    list(grade_class(mini.course, ASSIGNMENT, ["fine"]))

    queue = queue_of(mini.course, ASSIGNMENT)

    assert of(queue, Reason.ALIKE).need.student == "alike"
    (said,) = [line for line in queue_lines(queue) if line.endswith("autograder alike a1")]
    assert said in queue_html(queue)


@pytest.mark.parametrize("reason", [Reason.WRITTEN, Reason.CHECK, Reason.OVERRIDE, Reason.REQUEST])
def test_what_waits_for_an_act_is_not_ended_by_a_look(
    course: Mini, queue: Queue, reason: Reason
) -> None:
    with pytest.raises(NotDealt, match="leaves the queue when it is done"):
        end_items(course.course, ASSIGNMENT, [of(queue, reason).id])


def test_an_unknown_item_is_told(course: Mini) -> None:
    with pytest.raises(UnknownName, match="There is no item named nobody"):
        end_items(course.course, ASSIGNMENT, ["nobody"])


def test_an_answered_question_has_left(course: Mini, tmp_path: Path) -> None:
    mini = course.copy_to(tmp_path / "course")

    answer(mini.course, ASSIGNMENT, "asks", "transpose", "Because it is right.")

    reasons = [item.need.reason for item in queue_of(mini.course, ASSIGNMENT).items]
    assert Reason.REQUEST not in reasons


def graders(mini: Mini, *names: str) -> Mini:
    path = mini.root / "course_config.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nc.Review.graders = {list(names)}\n", encoding="utf-8")
    return Mini(mini.root)


def test_the_queue_is_dealt_whole_and_each_once(course: Mini, tmp_path: Path) -> None:
    mini = graders(course.copy_to(tmp_path / "course"), "ann", "ben", "cyd")

    shares = [
        [item.id for item in queue_of(mini.course, ASSIGNMENT, grader=name).items]
        for name in ("ann", "ben", "cyd")
    ]

    whole = [item.id for item in queue_of(mini.course, ASSIGNMENT).items]
    assert sorted(one for share in shares for one in share) == sorted(whole)
    with pytest.raises(UnknownName, match="grader named dan"):
        queue_of(mini.course, ASSIGNMENT, grader="dan")


def test_a_list_says_whose_some_are(course: Mini, tmp_path: Path) -> None:
    mini = graders(course.copy_to(tmp_path / "course"), "ann", "ben")
    whose = {"ann": ["written", "asks"], "ben": ["endless", "close", "nobody"]}
    path = mini.root / "course_config.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nc.Review.shares = {whose}\n", encoding="utf-8")

    items = queue_of(Mini(mini.root).course, ASSIGNMENT).items

    listed = {student: name for name, students in whose.items() for student in students}
    found = {item.need.student: item.grader for item in items if item.need.student in listed}
    assert found == {student: name for student, name in listed.items() if student != "nobody"}


def test_a_grade_that_fell_is_there_until_somebody_has_looked(course: Mini, tmp_path: Path) -> None:
    mini = course.copy_to(tmp_path / "course")
    list(grade_class(mini.course, ASSIGNMENT, ["fell"], force=True, allow_lower=True))

    item = of(queue_of(mini.course, ASSIGNMENT), Reason.FELL)

    assert item.need.student == "fell"
    assert item.need.seen == "9 became 8.5 by autograder grade"
    end_items(mini.course, ASSIGNMENT, [item.id])
    reasons = [one.need.reason for one in queue_of(mini.course, ASSIGNMENT).items]
    assert Reason.FELL not in reasons


def test_nobody_to_deal_to_is_told(course: Mini) -> None:
    with pytest.raises(NotDealt, match="Nobody is named"):
        queue_of(course.course, ASSIGNMENT, grader="ann")


def test_dealing_is_even_and_moves_few_when_a_grader_joins() -> None:
    students = [f"s{n}" for n in range(300)]
    three = {s: dealt_to(s, "a1", ["ann", "ben", "cyd"]) for s in students}
    four = {s: dealt_to(s, "a1", ["ann", "ben", "cyd", "dan"]) for s in students}

    assert all(70 < count < 130 for count in Counter(three.values()).values())
    assert {four[s] for s in students if four[s] != three[s]} == {"dan"}


def test_no_cell_of_the_csv_computes(queue: Queue) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(queue))))

    assert [row["reason"] for row in rows] == [reason.value for _, reason, _ in REASONS]
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+"))]


def test_a_terminal_is_sent_no_escapes_of_a_student(queue: Queue) -> None:
    told = [*queue_lines(queue), *item_lines(ASSIGNMENT, of(queue, Reason.REQUEST))]

    assert not [line for line in told if "\x1b" in line]


# The command


@pytest.fixture
def cli(course: Mini, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.chdir(course.root)

    def call(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["autograder", "review", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        return int(ended.value.code or 0)

    return call


def test_the_command_shows_the_queue_and_writes_a_page(
    cli: Callable[..., int], course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli(ASSIGNMENT)

    said = capsys.readouterr().out
    assert code == 0
    assert f"{ASSIGNMENT}: {len(REASONS)} things need a person" in said
    page = course.root / "reports" / f"{ASSIGNMENT}-queue.html"
    assert f"Page: {page}" in said
    assert "Take this one next: written answer to mark" in page.read_text(encoding="utf-8")
    assert page.stat().st_mode & 0o077 == 0


def test_the_next_one_is_told_in_full(
    cli: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(ASSIGNMENT, "--next", "--no-open") == 0

    said = capsys.readouterr().out
    assert said.startswith(f"{ASSIGNMENT}: written answer to mark\n")
    assert f"autograder mark {ASSIGNMENT} {WRITTEN}" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a9"], "There is no assignment named a9"),
        ([ASSIGNMENT, "--mine", "ann"], "Nobody is named"),
        ([ASSIGNMENT, "--done", "ffffff"], "There is no item named ffffff"),
        ([ASSIGNMENT, "--sample", "0"], "A sample has one answer or more."),
        ([ASSIGNMENT, "--verdicts", "nowhere.csv"], "nowhere.csv cannot be read"),
        ([ASSIGNMENT, "--next", "--csv"], "are for one run each"),
    ],
)
def test_what_cannot_be_is_one_clear_line(
    cli: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    code = cli(*arguments)

    told = capsys.readouterr().err
    assert code == 2
    assert said in told
    assert "Traceback" not in told


# Samples


def answers(count: int) -> list[Finished]:
    return [
        Finished(
            student=f"s{n}",
            shown=f"Submission #{n}",
            exercise=exercise,
            points=AnswerPoints(points=float(n % 4 != 0), max_points=1.0),
        )
        for n in range(count)
        for exercise in ("one", "two")
    ]


def test_a_sample_holds_each_kind_in_its_share() -> None:
    drawn = draw(answers(100), 40, random.Random(0))

    kinds = Counter(one.kind for one in drawn)
    assert len(set(drawn)) == 40
    assert kinds == {("one", 0): 5, ("one", 2): 15, ("two", 0): 5, ("two", 2): 15}


def test_each_answer_is_as_likely_as_any_other() -> None:
    chance, found = random.Random(1), answers(15)
    counts = Counter(one for _ in range(3000) for one in draw(found, 6, chance))

    # 30 answers, 6 of them each time: 600 of each on average, give or take 22.
    assert len(counts) == 30
    assert all(480 < count < 720 for count in counts.values())


def test_a_sample_larger_than_the_class_is_the_class() -> None:
    found = answers(3)

    assert len(set(draw(found, 60, random.Random(2)))) == len(found)


@pytest.mark.parametrize(
    ("found", "of_", "bound"),
    # 1 - 0.05 ** (1 / 60); the others from Clopper and Pearson's intervals.
    [(0, 60, 0.0487), (1, 60, 0.0767), (5, 10, 0.7776), (10, 10, 1.0)],
)
def test_the_bound_is_the_exact_one(found: int, of_: int, bound: float) -> None:
    assert upper_bound(found, of_) == pytest.approx(bound, abs=5e-4)


def test_verdicts_are_told_with_their_bound(
    cli: Callable[..., int], course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(ASSIGNMENT, "--sample", "20") == 0
    path = course.root / "reports" / f"{ASSIGNMENT}-sample.csv"
    said = capsys.readouterr().out
    assert "A sample of 20 of " in said
    assert str(path) in said
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    filled = [rows[0], *([*row[:-1], "right" if n else "wrong"] for n, row in enumerate(rows[1:]))]
    # As a spreadsheet of another language saves it.
    path.write_text(
        "\r\n".join(";".join(row) for row in filled) + "\r\n", encoding="utf-8-sig", newline=""
    )

    assert cli(ASSIGNMENT, "--verdicts", str(path)) == 0
    assert "1 of 20 grades are wrong (5.0%)" in capsys.readouterr().out


def test_another_verdict_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("student,verdict\nSubmission #1,right\nSubmission #2,maybe\n")

    with pytest.raises(NoSample, match=r"Line 3 of .* has the verdict maybe"):
        verdict_on(path)


def test_without_verdicts_nothing_is_claimed() -> None:
    assert in_words(0, 0, 5) == "No answer has a verdict yet."
    assert in_words(0, 60, 0).startswith("0 of 60 grades are wrong (0.0%). With 95% certainty")

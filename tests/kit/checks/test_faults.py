"""Who is at fault where a check raises: the answer, whose form is another, or the check."""

from __future__ import annotations

import pytest

from autograder.checks.trail import Recorder, Trail
from autograder.results import CheckResult, Outcome, Reader
from tests.kit.checks.conftest import Course, space_of

WAITS = "This check could not judge the answer: a person will look at it."
UNSAID = "An assertion of this check does not hold."
REFERENCE = """
import torch
def ones(n):
    return torch.ones(n, n)
def pair(n):
    return n, n + 1
def named(n):
    return {"size": n}
def label(n):
    return n
def text(n):
    return "one two"
"""


def judged(course: Course, body: str, answer: str) -> CheckResult:
    """The result of a check for an answer, after the reference has passed the check."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    course.solution, course.student = REFERENCE, f"{REFERENCE}\n{answer}\n"
    course.write(
        f'@check("ones")\ndef test_it(student, solution, credit):\n{lines}    credit(1, "")\n'
    )
    recorder = Recorder()
    found = course.results(student=space_of(REFERENCE, "student"), recorder=recorder)
    assert found["test_it"].credit == 1, found["test_it"].said_to(Reader.TA)
    return course.results(trail=recorder.trail)["test_it"]


LIST = "def ones(n): return [[1.0, 1.0]]"
NONE = "def ones(n): pass"
NUMBER = "def ones(n): return 1.0"
WIDE = "def ones(n): return torch.ones(n, n + 1)"
GENERATOR = "def ones(n): return (i for i in range(n))"
TENSOR = "a tensor of shape (2, 2) and dtype float32"
SIZE = "result = student.ones(2)\nrequire(result.shape == (2, 2), 'no')"


@pytest.mark.parametrize(
    ("body", "answer", "fact"),
    [
        (SIZE, LIST, f"The answer has no `.shape`: it is a list of 1, expected {TENSOR}."),
        (SIZE, NONE, f"The answer has no `.shape`: it is None, expected {TENSOR}."),
        (SIZE, NUMBER, f"The answer has no `.shape`: it is a float, expected {TENSOR}."),
        (
            "require(student.ones(2)[1, 1] == 1, 'no')",
            LIST,
            f"The answer is a list of 1, expected {TENSOR}.",
        ),
        (
            "gap = student.ones(2) - solution.ones(2)\nrequire(bool(gap.max() == 0), '')",
            "def ones(n): return torch.ones(3, 3)",
            f"The answer is a tensor of shape (3, 3) and dtype float32, expected {TENSOR}.",
        ),
        (
            "require(bool((student.ones(2) + 1).all()), '')",
            GENERATOR,
            f"The answer is an object of type generator, expected {TENSOR}.",
        ),
        (
            "a, b = student.pair(1)\nrequire(b == 2, 'no')",
            "def pair(n): return n, n, n",
            "The answer is a tuple of 3, expected a tuple of 2.",
        ),
        (
            "a, b = student.pair(1)\nrequire(b == 2, 'no')",
            "def pair(n): pass",
            "The answer is None, expected a tuple of 2.",
        ),
        (
            "require(student.pair(1)[1] == 2, 'no')",
            "def pair(n): return (n,)",
            "The answer is a tuple of 1, expected a tuple of 2.",
        ),
        (
            "require(student.named(1)['size'] == 1, 'no')",
            "def named(n): return {'length': n}",
            "Something in the answer, a dict of 1, has another form than in the solution's.",
        ),
        (
            "torch.testing.assert_close(student.ones(2), solution.ones(2))",
            LIST,
            f"The answer is a list of 1, expected {TENSOR}.",
        ),
        (
            "torch.testing.assert_close(student.ones(2), solution.ones(2))",
            GENERATOR,
            f"The answer is an object of type generator, expected {TENSOR}.",
        ),
        (
            "torch.nn.functional.relu(student.ones(2))",
            LIST,
            f"The answer is a list of 1, expected {TENSOR}.",
        ),
        (
            "def size(value):\n    return value.shape\n[size(student.ones(n)) for n in (1, 2)]",
            "def ones(n): return torch.ones(n, n) if n == 1 else None",
            f"The answer has no `.shape`: it is None, expected {TENSOR}.",
        ),
    ],
)
def test_what_another_form_of_answer_leads_to_is_the_answers_failure(
    course: Course, body: str, answer: str, fact: str
) -> None:
    result = judged(course, body, answer)

    assert (result.said_to(Reader.STUDENT), result.outcome) == ([fact], Outcome.FAILED)
    assert result.said_to(Reader.TA)[1].startswith("The check raised ")


@pytest.mark.parametrize(
    ("body", "answer", "raised"),
    [
        # Neither has it: the branch is reached by wrong answers only.
        (
            "result = student.ones(2)\nif result.shape != (2, 2):\n    result.shpe",
            WIDE,
            "AttributeError: 'Tensor' object has no attribute 'shpe'",
        ),
        (
            "result = student.ones(2)\nassert result.shape == (2, 2), f'{result.shpe}'",
            WIDE,
            "AttributeError: 'Tensor' object has no attribute 'shpe'",
        ),
        (
            "result = student.ones(2)\nif result.shape != (2, 2):\n    raise Mismatch('no')",
            WIDE,
            "NameError: name 'Mismatch' is not defined",
        ),
        (
            "1 / (student.label(1))",
            "def label(n): return 0",
            "ZeroDivisionError: division by zero",
        ),
        # A wrong answer of the right form.
        (
            "[10, 11][student.label(1)]",
            "def label(n): return 7",
            "IndexError: list index out of range",
        ),
        (
            "solution.ones(student.label(1))",
            "def label(n): return -1",
            "SolutionFailed: RuntimeError: Trying to create tensor with negative dimension -1",
        ),
        (
            "if student.label(1) != 1:\n    raise RuntimeError('an author left this')",
            "def label(n): return 2",
            "RuntimeError: an author left this",
        ),
    ],
)
def test_a_fault_of_the_check_is_left_to_a_person(
    course: Course, body: str, answer: str, raised: str
) -> None:
    result = judged(course, body, answer)

    assert (result.said_to(Reader.STUDENT), result.outcome) == ([WAITS], Outcome.UNDECIDED)
    assert result.said_to(Reader.TA)[1].startswith(f"The check itself raised {raised}")
    assert result.credit == 0


@pytest.mark.parametrize(
    ("body", "answer", "fact"),
    [
        ("student.ones(2)", "ones = torch.ones(2)", "`ones` is a tensor here, not a function."),
        ("student.ones(2)", "ones = [1]", "`ones` is a list here, not a function."),
        (
            "keep(student.ones, 2)",
            "ones = torch.ones(2)",
            "`ones` is a tensor here, not a function.",
        ),
        (
            "student.ones(2)",
            "ones = torch.nn",
            "`ones` is an object of type module here, not a function.",
        ),
        (
            "from autograder.checks import accelerators\n"
            "accelerators(student)[0].call(student.ones, 2)",
            "ones = torch.ones(2)",
            "`ones` is a tensor here, not a function.",
        ),
        (
            "from autograder.checks import call_without_accelerator\n"
            "call_without_accelerator(student, student.ones, 2)",
            "ones = 3",
            "`ones` is a whole number here, not a function.",
        ),
    ],
)
def test_what_cannot_be_called_is_said_by_its_name(
    course: Course, body: str, answer: str, fact: str
) -> None:
    result = judged(course, body, answer)

    assert result.said_to(Reader.STUDENT) == [fact]
    assert result.outcome in (Outcome.FAILED, Outcome.ERROR)


def test_a_students_own_bad_call_keeps_its_line(course: Course) -> None:
    result = judged(course, "student.ones(2)", "def ones(n):\n    f = [1]\n    return f(n)")

    assert result.said_to(Reader.STUDENT) == ["Your code raised TypeError."]
    assert "TypeError: 'list' object is not callable" in result.said_to(Reader.TA)


# Plain assertions


def failed(result: CheckResult) -> list[str]:
    assert result.outcome is Outcome.FAILED
    return result.said_to(Reader.STUDENT)


def test_the_message_of_a_plain_assert_reaches_the_student(course: Course) -> None:
    body = "assert student.label(1) == 1, 'label(1) is wrong:\\nlook at\\nassert'"

    result = judged(course, body, "def label(n): return 22")

    assert failed(result) == ["label(1) is wrong: look at assert"]
    assert "assert 22 == 1 + where 22 = <handle" in result.said_to(Reader.TA)[1]
    assert result.said_to(Reader.TA)[1].endswith("(test_one.py, line 6)")


def test_an_assert_without_a_message_shows_its_values_to_tas_only(course: Course) -> None:
    result = judged(course, "assert student.label(1) == 1", "def label(n): return 22")

    assert failed(result) == [UNSAID]
    assert "assert 22 == 1" in result.said_to(Reader.TA)[1]
    assert "student.label" in result.said_to(Reader.TA)[1]


def test_an_assertion_error_that_is_raised_is_said(course: Course) -> None:
    body = "if student.label(1) != 1:\n    raise AssertionError('label(1) is wrong.')"

    assert failed(judged(course, body, "def label(n): return 2")) == ["label(1) is wrong."]


@pytest.mark.parametrize(
    ("body", "answer", "said", "hidden"),
    [
        (
            "torch.testing.assert_close(student.ones(2), solution.ones(2))",
            "def ones(n): return torch.tensor([[1.0, 1.0], [1.0, 8.5]])",
            "Tensor-likes are not close! Mismatched elements: 1 / 4 (25.0%)",
            "7.5",
        ),
        (
            "torch.testing.assert_close(student.ones(2), solution.ones(2))",
            WIDE,
            "The values for attribute 'shape' do not match: torch.Size([2, 3]) != "
            "torch.Size([2, 2]).",
            "",
        ),
        (
            "torch.testing.assert_close(student.label(31), solution.label(31))",
            "def label(n): return 2",
            "Scalars are not equal!",
            "31",
        ),
        (
            "torch.testing.assert_close(student.pair(31), solution.pair(31))",
            "def pair(n): return n, 4",
            "Scalars are not equal! The failure occurred for item [1]",
            "32",
        ),
        (
            "torch.testing.assert_close(student.label(31), 31, msg='label is wrong')",
            "def label(n): return 2",
            "label is wrong",
            "",
        ),
        (
            "import numpy as np\nnp.testing.assert_allclose(student.label(31), 31)",
            "def label(n): return 2",
            "Mismatched elements: 1 / 1 (100%)",
            "31",
        ),
        (
            "pytest.fail('label is wrong') if student.label(1) != 1 else None",
            "def label(n): return 2",
            "label is wrong",
            "",
        ),
        (
            "with pytest.raises(ValueError):\n    int(student.text(1))",
            "def text(n): return '1'",
            "DID NOT RAISE ValueError",
            "",
        ),
        (
            "assert student.text(1) == 'one two'",
            "def text(n): return 'one tow'",
            UNSAID,
            "one two",
        ),
        (
            "assert student.label(1) == pytest.approx(1.0)",
            "def label(n): return 2",
            UNSAID,
            "1.0",
        ),
    ],
)
def test_assertions_of_torch_numpy_and_pytest_are_failures_without_hidden_values(
    course: Course, body: str, answer: str, said: str, hidden: str
) -> None:
    result = judged(course, body, answer)

    assert failed(result) == [said]
    assert hidden in " ".join(result.said_to(Reader.TA)[1:])


def test_a_course_that_shows_values_shows_the_whole_assertion(course: Course) -> None:
    result = course.result("assert solution.half(8) == 31")

    said = result.said_to(Reader.STUDENT, show_values=True)
    assert said[0] == UNSAID
    assert said[1].startswith("assert 4.0 == 31 + where 4.0 = ")


def test_two_long_texts_that_differ_do_not_hold_up_the_judge(course: Course) -> None:
    body = "assert student.text(1) == 'one two'"

    result = judged(course, body, "def text(n): return ''.join(map(str, range(50_000)))")

    assert failed(result) == [UNSAID]


def test_a_check_that_looks_fairly_looks_again_after_a_plain_assert(course: Course) -> None:
    body = (
        "from autograder.checks import fairly\n"
        "def look():\n"
        "    assert student.text(1) == 'one two'\n"
        "fairly(student, 'def words(): return \"one two\"', look)"
    )
    answer = "def words(): return 'two one'\ndef text(n): return words()"

    assert judged(course, body, answer).credit == 1


def test_a_trail_survives_json(course: Course) -> None:
    course.solution = course.student = REFERENCE
    recorder = Recorder()
    course.result("student.ones(2).shape", recorder=recorder)

    trail = recorder.trail

    assert trail.forms == {"test_it": ("call tensor float32 (2, 2) cpu",)}
    assert "test_one.py 6-6:4-19" in trail.places
    assert Trail.from_json(trail.to_json()) == trail


@pytest.mark.parametrize("data", [None, [], {}, {"places": 3, "forms": {}}, {"places": []}])
def test_what_is_not_a_trail_is_a_value_error(data: object) -> None:
    with pytest.raises(ValueError, match="not a trail"):
        Trail.from_json(data)

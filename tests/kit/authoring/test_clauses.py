"""Each word that an exercise promises has a check, and something that breaks only it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.authoring.clause_breakers import NoSuchLine, changed
from autograder.authoring.clause_kinds import KINDS, clauses_about
from autograder.authoring.clauses import Change, ClausesUnreadable, clause_faults, read_clauses
from autograder.authoring.docstrings import docstrings_of, parts_of, words_of
from autograder.authoring.trial import Trial
from autograder.authoring.verifying import how_many, verify
from autograder.course.course import Course, open_course
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]
COURSE = open_course(load(ROOT))
CELL = '''\
def halve(t, lr):
    """Half of it.

    t        tensor of any shape, of
             floats; lr: a rate
    returns  tensor of t's shape: each number over 2
    changes  no
    """
    ### BEGIN SOLUTION
    result = t / 2
    if result.ndim:
        result = result
    return result
    ### END SOLUTION
'''
CHECKS = """\
from autograder.checks import check, for_page


@for_page("halve")
def page_halve(student):
    pass


@check("halve")
def test_values(student):
    pass


@check("halve", weight=2)
def test_shape(student):
    pass


@check("other")
def test_other(student):
    pass


CLAUSES = {
    "halve": [
        {"text": "Half of it.", "why_none": "the title, said by `returns`"},
        {"text": "t", "why_none": "an argument's name alone"},
        {"text": "tensor of any shape,", "checks": ["test_shape"], "broken_by": "mistakes/flat"},
        {"text": "of floats", "allowed_by": "variants/doubles"},
        {"text": "a rate", "why_none": "an argument that does nothing"},
        {
            "text": "returns tensor of t's shape",
            "checks": ["test_shape"],
            "broken_by": {"line": "result = t / 2", "becomes": "result = t / 3"},
        },
        {
            "text": "each number\\n over 2",
            "checks": ["test_values"],
            "broken_by": "mistakes/third",
        },
        {"text": "changes no", "why_none": "nothing could change it here"},
    ],
}
"""


def faults(checks: str, tmp_path: Path) -> list[str]:
    (tmp_path / "test_a.py").write_text(checks, encoding="utf-8")
    clauses = read_clauses(tmp_path)
    return clause_faults(clauses, "halve", CELL, {"flat", "third"}, {"doubles"})


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_a_docstring_is_read_as_its_title_and_its_fields() -> None:
    (doc,) = docstrings_of(CELL)

    assert [(part.field, part.text) for part in parts_of(doc)] == [
        ("", "Half of it."),
        ("t", "tensor of any shape, of floats;"),
        ("lr", "a rate"),
        ("returns", "tensor of t's shape: each number over 2"),
        ("changes", "no"),
    ]


def test_a_cell_without_docstrings_promises_what_its_comment_says() -> None:
    cell = "# Make it,\n# train it.\n### BEGIN SOLUTION\n# Seeded.\nmodel = 1\n### END SOLUTION\n"

    assert docstrings_of(cell) == ["Make it,\ntrain it."]


def test_the_docstrings_of_classes_and_methods_come_in_their_order() -> None:
    cells = {cell.name: cell.source for cell in Trial(COURSE, "3-network").cells}
    words = words_of(cells["NeuralNetwork"])

    fields = [word.field for word in words if word.docstring == 2]
    assert list(dict.fromkeys(fields)) == ["", "x", "returns", "gradients", "changes x"]
    assert next(word.text for word in words if word.docstring == 1) == "Makes"


def test_clauses_that_cover_all_words_have_no_faults(tmp_path: Path) -> None:
    assert faults(CHECKS, tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"of floats"', '"of"', 'halve: no clause has the words "floats;"'),
        (
            '"text": "t", "why',
            '"text": "tensor of t\'s shape", "why',
            'test_a.py, line 31: the docstring does not say "returns tensor of t\'s shape", '
            "or not once more",
        ),
        (
            '"a rate"',
            '"a ratio"',
            'test_a.py, line 30: the docstring does not say "a ratio", or not once more',
        ),
        (
            '["test_values"]',
            '["test_value"]',
            "test_a.py, line 36: There is no check named test_value. Did you mean test_values?",
        ),
        ('["test_values"]', '["test_shape"]', "halve: no clause names test_values"),
        (
            "mistakes/flat",
            "mistakes/flats",
            "test_a.py, line 28: There is no mistake named flats. Did you mean flat?",
        ),
        (
            "variants/doubles",
            "variants/third",
            "test_a.py, line 29: There is no variant named third. There is: doubles.",
        ),
        (
            '"text": "tensor of any shape,"',
            '"text": "of any tensor shape,"',
            'halve: no clause has the words "tensor of any shape,"',
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    assert fault in faults(replaced(CHECKS, old, new), tmp_path)


def test_a_name_of_a_field_may_be_left_out_and_a_word_may_not(tmp_path: Path) -> None:
    without = replaced(CHECKS, '"returns tensor', '"tensor')

    assert faults(without, tmp_path) == []
    shorter = replaced(without, '"tensor of t\'s shape"', '"of t\'s shape"')
    assert faults(shorter, tmp_path) == ['halve: no clause has the words "returns tensor"']


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('["test_values"]', "list(range(3))", 36, "a clause is not plain data"),
        ('["test_values"]', "[]", 36, "a clause names no check"),
        ('["test_values"]', '"test_values"', 36, "are not a list of names"),
        ('"mistakes/third"', '"third"', 36, "what is named is not mistakes/NAME"),
        ('"mistakes/third"', '{"line": "x"}', 36, 'a change is not {"line": …, "becomes": …}'),
        ('"text": "a rate"', '"words": "a rate"', 30, "other keys than it may have"),
        ('"text": "a rate"', '"text": " "', 30, "the text of a clause is not words"),
        ("an argument's name alone", "a name", 27, "why_none has fewer than 15 letters"),
        ('"halve": [', "halve: [", 25, "a key of CLAUSES is not a text"),
        ("CLAUSES = {", "CLAUSES = [] or {", 24, "CLAUSES is not a dict"),
        ("import check,", "import check,,", 1, "it is not Python"),
        ("CLAUSES = {", 'CLAUSES = {"halve": [],', 25, "halve has two entries in CLAUSES"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(ClausesUnreadable) as problem:
        faults(replaced(CHECKS, old, new), tmp_path)

    assert f"{tmp_path.name}/test_a.py, line {line}: " in str(problem.value)
    assert says in str(problem.value)


def test_reading_clauses_runs_nothing(tmp_path: Path) -> None:
    assert faults(CHECKS + "\nraise SystemExit\n", tmp_path) == []


def test_once_a_file_has_clauses_all_its_exercises_need_them(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(CHECKS, encoding="utf-8")
    none = CHECKS.partition("CLAUSES")[0].replace("other", "third")
    (tmp_path / "test_b.py").write_text(none, encoding="utf-8")
    clauses = read_clauses(tmp_path)

    assert clauses.demanded == {"halve", "other"}
    assert clause_faults(clauses, "other", CELL, set(), set()) == ["other has no entry in CLAUSES"]


def test_changed_lines_stand_where_they_stood() -> None:
    change = Change(line="result = t / 2", becomes="result = t\nif t.ndim:\n    result = t / 2")

    assert "    result = t\n    if t.ndim:\n        result = t / 2\n    if result" in changed(
        CELL, change
    )


def test_several_lines_can_be_named() -> None:
    change = Change(line="if result.ndim:\nresult = result", becomes="")

    assert "    result = t / 2\n    return result\n" in changed(CELL, change)


@pytest.mark.parametrize(
    ("line", "becomes", "says"),
    [
        ("result = t // 2", "pass", "has the line 'result = t // 2' 0 times, not once"),
        ("### END SOLUTION", "  (", "is not Python"),
        ("result = result", "", "is not Python"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(line: str, becomes: str, says: str) -> None:
    with pytest.raises(NoSuchLine, match=says):
        changed(CELL, Change(line=line, becomes=becomes))


def test_a_line_that_stands_twice_is_refused() -> None:
    twice = CELL.replace("return result", "result = t / 2\n    return result")

    with pytest.raises(NoSuchLine, match="2 times"):
        changed(twice, Change(line="result = t / 2", becomes="pass"))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """This course, with files that a test may change."""
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return open_course(load(tmp_path))


def test_what_breaks_a_clause_must_lose_its_checks_and_no_others(course: Course) -> None:
    path = course.checks_folder("1-tensors") / "test_making.py"
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ('"broken_by": "mistakes/copies_with_torch_tensor"', '"broken_by": "mistakes/flattens"'),
        ('"becomes": "a *= 2\\nreturn torch', '"becomes": "a = a\\nreturn torch'),
        ("a if a.ndim else a.reshape(1)", "a.astype('float64')"),
    ):
        text = replaced(text, old, new)
    path.write_text(text, encoding="utf-8")

    only = frozenset({"from_numpy_shared"})
    tried = dict(verify(course, "1-tensors", only))

    assert len(tried) == how_many(course, "1-tensors", only)
    said = tried.pop("clauses/from_numpy_shared")
    assert [line.partition(": ")[2] for line in said] == [
        "the change to \"return torch.from_numpy(a.astype('float64'))\" fails "
        "test_holds_the_values_of_the_array, test_shows_what_is_written_into_the_array_later, "
        "test_shares_the_memory_of_a_turned_array_too, "
        "test_shares_the_memory_of_an_array_of_any_kind too, which this clause does not name",
        "mistakes/flattens fails test_holds_the_values_of_the_array, test_keeps_the_dtype too, "
        "which this clause does not name",
        "the change to 'a = a\\nreturn torch.from_numpy(a)' gets full marks",
    ]
    assert [name for name in tried if name.startswith("clauses/")] == []
    assert [line for found in tried.values() for line in found] == []


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_every_check_file_of_the_course_has_clauses(assignment: str) -> None:
    folder = COURSE.checks_folder(assignment)
    clauses = read_clauses(folder)
    sources = {cell.name: cell.source for cell in Trial(COURSE, assignment).cells}

    assert clauses.demanded == clauses.checks.keys() <= sources.keys()


DOCSTRING = """Each number, halved.

x: float32 images (N, 28), on the CPU
returns: a new tensor, a row for each image; a view of x is fine too
runs the model: in evaluation mode, without gradients, in one pass
changes x: no
"""


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("values", ["Each number, halved.", "returns: a new tensor, a row for each image"]),
        (
            "shape",
            [
                "x: float32 images (N, 28), on the CPU",
                "returns: a new tensor, a row for each image",
            ],
        ),
        ("dtype", ["x: float32 images (N, 28), on the CPU"]),
        ("device", ["x: float32 images (N, 28), on the CPU"]),
        (
            "memory",
            ["returns: a new tensor, a row for each image", "returns: a view of x is fine too"],
        ),
        ("changes", ["changes x: no"]),
        ("gradients", ["runs the model: in evaluation mode, without gradients, in one pass"]),
        ("mode", ["runs the model: in evaluation mode, without gradients, in one pass"]),
        ("passes", ["runs the model: in evaluation mode, without gradients, in one pass"]),
        ("random", []),
        ("type", ["returns: a new tensor, a row for each image"]),
    ],
)
def test_the_words_about_a_kind_of_thing_are_found(kind: str, said: list[str]) -> None:
    found = clauses_about(kind, DOCSTRING)

    assert [one for one in said if one not in found] == []
    if kind != "values":
        assert found == said


def test_words_of_clauses_are_found_by_kind() -> None:
    assert clauses_about("memory", ["memory new", "each pixel over 255"]) == ["memory new"]
    assert clauses_about("values", ["memory new", "each pixel over 255"]) == ["each pixel over 255"]
    assert len(KINDS) == 11

"""A notebook's names at a distance: plain data comes, everything else stays and is a handle."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import torch

from autograder import wire
from autograder.expect.compare import compare
from autograder.namespace.failures import (
    MissingName,
    SolutionFailed,
    StudentError,
    StudentTimeout,
)
from autograder.namespace.local import local_space, recorded_answers, use_answers
from autograder.namespace.space import (
    Handle,
    Space,
    define,
    fetch,
    keep,
    new_round,
    put,
    set_seed,
    time_limit,
    type_names,
)
from tests.kit.namespace.conftest import difference_of

NOTEBOOK = """
import collections, random
import numpy as np
import torch
from torch import nn

accuracy = 0.5
weights = torch.arange(6.).reshape(2, 3)
calls = []

def double(x):
    return x * 2

def fill(m):
    m[0] = 7

def first_row(m):
    return m[0]

def first_row_copied(m):
    return m[0].clone()

def apply(function, value):
    return function(value)

def count_up(n):
    for i in range(n):
        calls.append(i)
        yield i, torch.full((2,), i)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 1)
        self.epochs = 3

    def forward(self, x):
        return self.linear(x)

    def __len__(self):
        return 9

class History(dict):
    pass

Point = collections.namedtuple("Point", "x y")
net = Net()
history = History(loss=[0.5])
point = Point(1, 2)
"""


@pytest.fixture
def student(make_space: Any) -> Space:
    space: Space = make_space(NOTEBOOK)
    return space


# Names, calls, values


def test_a_variable_is_its_value(student: Space) -> None:
    assert student.accuracy == 0.5
    assert student.weights.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_function_is_called_with_plain_data_and_gives_it(student: Space) -> None:
    assert student.double(torch.ones(2)).tolist() == [2, 2]


def test_keyword_arguments_arrive(student: Space) -> None:
    assert student.double(x="ab") == "abab"


def test_a_builtin_is_there_like_in_a_notebook(student: Space) -> None:
    assert student.sum([1, 2]) == 3


def test_a_name_can_be_replaced(student: Space) -> None:
    student.accuracy = 0.75
    student.double = student.first_row

    assert (student.accuracy, student.double([4])) == (0.75, 4)


def test_python_asks_spaces_and_handles_for_nothing_private(student: Space) -> None:
    with pytest.raises(AttributeError):
        student.__wrapped__
    with pytest.raises(AttributeError):
        student.net.__array__


def test_a_missing_name_is_the_one_that_was_asked_for(student: Space) -> None:
    with pytest.raises(MissingName) as missing:
        student.acuracy

    assert (missing.value.name, missing.value.similar) == ("acuracy", "accuracy")


def test_a_missing_name_that_resembles_none_suggests_none(student: Space) -> None:
    with pytest.raises(MissingName) as missing:
        student.confusion_matrix

    assert missing.value.similar == ""


def test_private_names_of_the_notebook_are_no_suggestions(make_space: Any) -> None:
    with pytest.raises(MissingName) as missing:
        make_space("_double = 1").double

    assert missing.value.similar == ""


# Handles


def test_an_objects_attributes_items_and_calls_come_over(student: Space) -> None:
    net = student.net

    assert net.epochs == 3
    assert net.linear.weight.shape == (1, 2)
    assert net(torch.zeros(4, 2)).shape == (4, 1)


def test_setting_an_attribute_changes_the_object_over_there(student: Space) -> None:
    student.net.epochs = 5

    assert student.net.epochs == 5


def test_an_objects_length_is_asked_over_there(student: Space) -> None:
    assert len(student.net) == 9


def test_handles_are_arguments_of_calls_on_their_own_side(student: Space) -> None:
    assert student.apply(student.double, 3) == 6
    assert student.apply(student.net, torch.zeros(1, 2)).shape == (1, 1)


def test_a_handle_inside_a_container_is_an_argument_too(student: Space) -> None:
    assert type_names(student.double((student.net,))[0])[0] == "__main__.Net"


def test_iterating_fetches_each_item(student: Space) -> None:
    pairs = list(student.count_up(70))

    assert [number for number, _ in pairs] == list(range(70))
    assert pairs[69][1].tolist() == [69, 69]


@pytest.mark.parametrize("owner", ["student", "solution"])
def test_what_has_no_length_can_be_made_a_list(make_space: Any, owner: str) -> None:
    space = make_space("def count(n):\n    yield from range(n)", owner=owner)

    assert list(space.count(3)) == [0, 1, 2]


def test_iterating_in_part_does_not_run_to_the_end(student: Space) -> None:
    next(iter(student.count_up(10_000)))

    assert len(student.calls) < 100


def test_a_containers_items_come_by_index_and_slice(student: Space) -> None:
    rows = put(student, [1, 2, 3, 4])

    assert (rows[0], rows[-1], rows[1:3]) == (1, 4, [2, 3])


def test_type_names_are_told_nearest_first(student: Space) -> None:
    names = type_names(student.net)

    assert names[:2] == ["__main__.Net", "torch.nn.modules.module.Module"]
    assert names[-1] == "builtins.object"


def test_type_names_of_plain_data_are_this_sides(student: Space) -> None:
    assert type_names(student.weights)[0] == "torch.Tensor"


@pytest.mark.parametrize(
    "use",
    [
        lambda handle: bool(handle),
        lambda handle: not handle,
        lambda handle: handle == handle,
        lambda handle: handle != 1,
        lambda handle: handle in [1],
        lambda handle: {handle: 1},
    ],
)
def test_a_handle_is_no_truth_value_and_is_not_compared(student: Space, use: Any) -> None:
    with pytest.raises(TypeError):
        use(student.net)


def test_a_handle_of_one_side_is_refused_by_the_other(student: Space, make_space: Any) -> None:
    solution = make_space(NOTEBOOK, owner="solution")

    with pytest.raises(TypeError, match="a handle of another side cannot be passed to the student"):
        student.apply(solution.double, 1)


def test_an_object_of_the_checks_own_cannot_be_passed(student: Space) -> None:
    with pytest.raises(wire.NotPlain, match="a check passed an object of type set"):
        student.double({1})


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("net", "an object of its own class"),
        ("history", "an object of its own class"),
        ("torch", "an object of type module"),
    ],
)
def test_expect_says_what_came_in_the_place_of_data(student: Space, name: str, what: str) -> None:
    difference = compare(getattr(student, name), 1)

    assert difference is not None
    assert difference.fact == f"is {what}, expected a whole number"


def test_a_classes_name_that_could_carry_a_text_is_not_repeated(make_space: Any) -> None:
    space = make_space(
        """
        Short = type("Linear", (), {"__module__": "torch.nn"})
        Long = type("Inputs_" + "abcdefghij" * 10, (), {"__module__": "torch.nn"})
        short, long = Short(), Long()
        """
    )

    words = [difference_of(handle, 1).fact.split(",")[0] for handle in (space.short, space.long)]

    assert words == ["is an object of type Linear", "is an object of its own class"]


def test_a_dtype_of_numpy_is_called_so(make_space: Any) -> None:
    space = make_space("import numpy as np\nkind = np.dtype(np.float32)\n")

    assert difference_of(space.kind, torch.float32).fact.split(",")[0] == "is a dtype of NumPy"


# What is kept over there


def test_a_view_shows_in_what_it_is_a_view_of(student: Space) -> None:
    kept = put(student, torch.zeros(2, 2))
    row = keep(student.first_row, kept)
    row[0] = 5

    assert fetch(kept).tolist() == [[5, 0], [0, 0]]


def test_a_copy_does_not_show(student: Space) -> None:
    kept = put(student, torch.zeros(2, 2))
    row = keep(student.first_row_copied, kept)
    row[0] = 5

    assert fetch(kept).tolist() == [[0, 0], [0, 0]]


def test_a_changed_argument_shows(student: Space) -> None:
    kept = put(student, torch.zeros(2))
    student.fill(kept)

    assert fetch(kept).tolist() == [7, 0]


def test_what_was_put_is_a_copy_of_ours(student: Space) -> None:
    ours = torch.zeros(2)
    student.fill(put(student, ours))

    assert ours.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("name", "plain"), [("history", {"loss": [0.5]}), ("point", (1, 2)), ("accuracy", 0.5)]
)
def test_fetch_makes_plain_what_can_be(student: Space, name: str, plain: Any) -> None:
    assert fetch(getattr(student, name)) == plain


def test_fetch_of_what_cannot_be_plain_stays_a_handle(student: Space) -> None:
    assert isinstance(fetch(student.net), Handle)


def test_keeping_the_result_of_what_is_no_function_is_the_students_error(student: Space) -> None:
    with pytest.raises(StudentError, match="a float is not a function"):
        keep(student.accuracy, 1)


def test_helper_code_runs_over_there_with_names_of_its_own(student: Space) -> None:
    helper = define(
        student, "count = 0\ndef spy(x):\n    global count\n    count += 1\n    return x"
    )

    student.apply(helper.spy, 1)
    student.apply(helper.spy, 1)

    assert helper.count == 2
    with pytest.raises(MissingName):
        student.spy


def test_helper_codes_names_can_be_replaced(student: Space) -> None:
    helper = define(student, "count = 0")
    helper.count = 5

    assert helper.count == 5


def test_a_new_round_forgets_handles(student: Space) -> None:
    stale = student.net
    new_round(student)
    student.accuracy  # The first request of the round makes the other side forget.

    with pytest.raises(StudentError):
        stale.epochs


def test_a_new_round_looks_names_up_again(student: Space) -> None:
    assert student.double(2) == 4
    student.double = student.first_row
    new_round(student)

    assert student.double([9]) == 9


def test_a_seed_reaches_torch_numpy_and_random(student: Space) -> None:
    draw = define(
        student,
        "import random, numpy, torch\n"
        "def draw():\n    return random.random(), numpy.random.rand(), torch.rand(1).item()",
    ).draw
    state = (random.getstate(), np.random.get_state(), torch.get_rng_state())
    try:
        drawn = []
        for seed in (1, 1, 2):
            set_seed(student, seed)
            drawn.append(draw())
    finally:
        random.setstate(state[0])
        np.random.set_state(state[1])
        torch.set_rng_state(state[2])

    assert drawn[0] == drawn[1]
    assert all(a != b for a, b in zip(drawn[1], drawn[2], strict=True))


@pytest.mark.parametrize("limit", [0.25, None])
def test_a_time_limit_holds_within_its_block(make_space: Any, limit: float | None) -> None:
    space = make_space(wall_s=5.0)

    with time_limit(space, limit):
        inside = space._autograder_link.wall_s

    assert (inside, space._autograder_link.wall_s) == (limit or 5.0, 5.0)


# What the student's code does instead of answering


def failure(make_space: Any, source: str, act: Any = lambda space: space.f()) -> StudentError:
    with pytest.raises(StudentError) as raised:
        act(make_space(source))
    return raised.value


def test_an_exception_tells_its_type_text_and_line(make_space: Any) -> None:
    error = failure(make_space, "def f():\n    x = 1\n    return x / 0  # here\n")

    assert (error.type_name, error.message) == ("ZeroDivisionError", "division by zero")
    assert (error.line_number, error.line) == (3, "return x / 0  # here")


def test_leaving_the_program_is_an_exception_like_others(make_space: Any) -> None:
    assert failure(make_space, "import sys\ndef f():\n    sys.exit(0)").type_name == "SystemExit"


def test_an_exception_that_cannot_be_written_has_no_text(make_space: Any) -> None:
    error = failure(
        make_space,
        """
        class Mine(Exception):
            def __str__(self):
                raise SystemExit
        def f():
            raise Mine
        """,
    )

    assert (error.type_name, error.message) == ("Mine", "")


def test_an_endless_text_is_cut(make_space: Any) -> None:
    assert len(failure(make_space, "def f():\n    raise ValueError('x' * 10**6)").message) == 4000


def test_an_interrupt_is_the_time_limit(make_space: Any) -> None:
    with pytest.raises(StudentTimeout) as stopped:
        make_space("def f():\n    raise KeyboardInterrupt", wall_s=2.5).f()

    assert stopped.value.wall_s == 2.5


@pytest.mark.parametrize(
    "source",
    [
        "class F:\n    def __len__(self):\n        return 'x'\nf = F()",
        "class F:\n    pass\nf = F()",
        "class F:\n    def __len__(self):\n        return -1\nf = F()",
    ],
)
def test_a_length_that_is_none_is_the_students_error(make_space: Any, source: str) -> None:
    failure(make_space, source, lambda space: len(space.f))


def test_an_object_that_lies_about_its_class_stays_a_handle(make_space: Any) -> None:
    space = make_space(
        """
        import torch
        class Lies:
            @property
            def __class__(self):
                return torch.Tensor
            shape = (2, 3)
            dtype = torch.float32
            def __eq__(self, other):
                return True
        lies = Lies()
        """
    )

    assert type_names(space.lies) == ["__main__.Lies", "builtins.object"]
    assert difference_of(space.lies, torch.zeros(2, 3)).kind == "type"


@pytest.mark.parametrize(
    "value",
    [
        "torch.ones(2).as_subclass(type('T', (torch.Tensor,), {}))",
        "type('D', (dict,), {})(a=1)",
        "type('I', (int,), {'__eq__': lambda *_: True, '__hash__': int.__hash__})(4)",
        "type('S', (str,), {})('a')",
    ],
)
def test_subclasses_of_plain_types_stay_handles(make_space: Any, value: str) -> None:
    assert isinstance(make_space(f"import torch\nx = {value}").x, Handle)


def test_a_subclass_of_tuple_is_the_tuple_that_it_holds(student: Space, make_space: Any) -> None:
    lies = "type('T', (tuple,), {'__iter__': lambda t: iter([9]), '__len__': lambda t: 1})((1, 2))"

    assert (type(student.point), student.point) == (tuple, (1, 2))
    assert make_space(f"x = {lies}").x == (1, 2)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("torch.zeros(1).expand(3_000_000_000)", "it needs 12,000 MB"),
        ("list(range(200_000))", "it holds more than 120,000 values"),
        ("1 << 100_000_000", "it is a whole number of 100,000,001 bits"),
        ("'x' * 2_000_000", "it is a text of 2,000,000 characters"),
        ("['x' * 900_000] * 90", "its description needs 4,500,002 bytes"),
        ("np.longdouble(1)", "it is a numpy value of dtype float128"),
        ("torch.zeros((1,) * 17)", "its shape has 17 dimensions"),
        ("torch.empty(2**50, device='meta')", "its shape is too large"),
        ("nested", "it is nested more than 24 levels deep"),
    ],
)
def test_data_too_large_comes_as_a_handle_and_expect_says_why(
    make_space: Any, value: str, why: str
) -> None:
    prelude = "import numpy as np, torch\nnested = []\nfor _ in range(40): nested = [nested]\n"
    space = make_space(f"{prelude}x = {value}")

    difference = compare(space.x, "seven")

    assert difference is not None
    assert difference.fact.startswith("is an object of type ")
    assert difference.fact.endswith(f" ({why}), expected a text")


def test_a_part_of_data_too_large_can_be_had(make_space: Any) -> None:
    space = make_space("x = list(range(200_000))")

    assert (len(space.x), space.x[7]) == (200_000, 7)


@pytest.mark.parametrize("value", ["{1: torch.ones(1), torch.ones(1): 1}", "slice('a', 'b')"])
def test_what_the_wire_cannot_carry_does_not_end_the_kernel(make_space: Any, value: str) -> None:
    space = make_space(f"import torch\nx = {value}")

    assert isinstance(space.x, Handle)
    assert space._autograder_link.channel.rejected == []


# The reference solution


def test_the_solutions_cells_share_one_namespace_in_order() -> None:
    space = local_space([("setup", "n = 2"), ("double", "def f(x):\n    return n * x")], wall_s=5)

    assert space.f(4) == 8


def test_what_the_solutions_cells_print_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    local_space([("setup", "print('loud')")], wall_s=5)

    assert capsys.readouterr().out == ""


COUNTING = """
import random
asked = []
def double(x):
    asked.append(x)
    return 2 * x
def numbers():
    return iter([1, 2, 3])
def draw():
    return random.random()
def how_often():
    return len(asked)
"""


def a_check(space: Space) -> list[Any]:
    """What a check asks: calls, draws, and a handle that is asked in its turn."""
    new_round(space, 7, "double")
    return [space.double(1), space.draw(), list(space.numbers())]


def recorded(checks: int = 1) -> dict[str, list[bytes]]:
    space = local_space([("all", COUNTING)], wall_s=5)
    with recorded_answers(space) as answers:
        for _ in range(checks):
            a_check(space)
    return answers


def test_what_the_solution_answered_once_is_answered_again_without_asking_it() -> None:
    space = local_space([("all", COUNTING)], wall_s=5)
    first = a_check(local_space([("all", COUNTING)], wall_s=5))
    use_answers(space, recorded())

    assert [a_check(space), a_check(space)] == [first, first]
    names = space._autograder_link.channel.agent.names
    assert names["asked"] == []


def test_a_question_that_is_new_finds_the_solution_as_if_all_had_been_asked() -> None:
    space = local_space([("all", COUNTING)], wall_s=5)
    use_answers(space, recorded())

    a_check(space)
    answers = a_check(space)

    assert space.how_often() == 2
    assert space.double(3) == 6
    assert space.how_often() == 3
    assert a_check(space) == answers


def test_handles_of_answers_that_were_recorded_can_be_asked_what_is_new() -> None:
    space = local_space([("all", COUNTING)], wall_s=5)
    use_answers(space, recorded())
    new_round(space, 7, "double")

    assert space.double(1) == 2
    space.draw()
    numbers = space.numbers()
    assert [int(x) for x in numbers] == [1, 2, 3]
    assert type_names(numbers)[0] == "builtins.list_iterator"
    assert list(numbers) == []


def test_the_solution_forgets_handles_with_each_round() -> None:
    space = local_space([("all", COUNTING)], wall_s=5)
    new_round(space, 1)
    stale = space.numbers()
    new_round(space, 2)
    assert list(space.numbers()) == [1, 2, 3]

    with pytest.raises(SolutionFailed):
        list(stale)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("1 / 0", "cell setup: ZeroDivisionError: division by zero"),
        ("x = (", "cell setup: SyntaxError: '(' was never closed"),
    ],
)
def test_a_solutions_cell_that_fails_is_the_courses_fault(source: str, sentence: str) -> None:
    with pytest.raises(SolutionFailed) as failed:
        local_space([("setup", source)], wall_s=5)

    assert str(failed.value).startswith(sentence)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda space: space.f(), "ZeroDivisionError: division by zero"),
        (lambda space: space.g, "it defines no g"),
        (lambda space: space.stop(), "KeyboardInterrupt: "),
    ],
)
def test_a_call_of_the_solution_that_fails_is_the_courses_fault(act: Any, sentence: str) -> None:
    source = "def f():\n    return 1 / 0\ndef stop():\n    raise KeyboardInterrupt"
    space = local_space([("setup", source)], wall_s=5)

    with pytest.raises(SolutionFailed) as failed:
        act(space)

    assert str(failed.value) == sentence

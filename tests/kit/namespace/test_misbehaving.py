"""A channel that answers anything: what breaks the rules is rejected, and costs the sender."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import wire
from autograder.errors import WireError
from autograder.expect.raising import require
from autograder.namespace.failures import (
    MissingName,
    SolutionFailed,
    StudentDied,
    StudentError,
    StudentFailure,
    StudentTimeout,
)
from autograder.namespace.local import LocalChannel
from autograder.namespace.space import Link, Space, define, keep, put
from tests.kit.namespace.conftest import difference_of


class Misbehaving:
    """Answers each request with the next reply on its list; raises what is an exception."""

    def __init__(self, *replies: Any) -> None:
        self.replies = list(replies)
        self.rejected: list[str] = []
        self.asked: list[float] = []

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        self.asked.append(wall_s)
        reply = self.replies.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        return list(reply)

    def new_round(self, number: int) -> int:
        return number

    def reopen(self) -> bool:
        return False

    def reject(self, why: str) -> None:
        self.rejected.append(why)


def a_handle(handle_id: str = "1", types: tuple[str, ...] = (), why: str = "") -> list[Any]:
    return wire.handle_node(handle_id, types, why)


def reply(node: Any, *buffers: bytes) -> list[wire.Buffer]:
    return [json.dumps(node).encode(), *buffers]


def ok(node: Any, *buffers: bytes) -> list[wire.Buffer]:
    return reply(["tuple", ["ok", node]], *buffers)


def raised(**told: Any) -> list[wire.Buffer]:
    return reply(["tuple", ["raised", ["dict", [[key, told[key]] for key in told]]]])


def a_space(*replies: Any, owner: str = "student") -> tuple[Space, Misbehaving]:
    channel = Misbehaving(*replies)
    return Space(Link(channel, owner=owner, wall_s=5.0)), channel


BROKEN = {
    "nothing": [],
    "no JSON": [b"{"],
    "no tuple": reply("ok"),
    "a list": reply(["list", ["ok", 1]]),
    "empty": reply(["tuple", []]),
    "too short": reply(["tuple", ["ok"]]),
    "too long": reply(["tuple", ["ok", 1, 2]]),
    "unknown": reply(["tuple", ["passed", 1]]),
    "missing without names": reply(["tuple", ["missing", "x"]]),
    "missing with a number": reply(["tuple", ["missing", 5, ["list", []]]]),
    "raised without a dict": reply(["tuple", ["raised", "ValueError"]]),
    "raised without a type": raised(message="m"),
    "raised with a number": raised(type="ValueError", message=5),
    "raised with a handle": raised(type="ValueError", message=a_handle()),
    "raised with an odd line": raised(type="ValueError", message="m", line=5),
    "a handle as status": reply(["tuple", [a_handle(), 1]]),
    "a tensor as status": reply(
        ["tuple", [["tensor", "float32", [1], "cpu", False, 1], 1]], b"\x00" * 4
    ),
    "an array as status": reply(["tuple", [["array", "int8", [2], 1], 1]], b"\x00\x01"),
    "a handle in all": reply(a_handle()),
    "a huge tensor": ok(["tensor", "float32", [2**39, 2**39], "cpu", False, 1], b""),
    "a bool of 2": ok(["tensor", "bool", [1], "cpu", False, 1], b"\x02"),
    "a buffer too few": ok(["bytes", 1]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_reply_that_breaks_the_rules_is_rejected_and_its_sender_dead(name: str) -> None:
    space, channel = a_space(BROKEN[name])

    with pytest.raises(StudentDied, match="its answer was no valid message"):
        space.f

    assert len(channel.rejected) == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=3))
def test_any_bytes_are_a_value_or_a_failure_of_the_student(buffers: list[bytes]) -> None:
    space, _ = a_space(buffers)

    with pytest.raises(StudentFailure):
        space.f


def test_a_missing_name_is_an_answer_to_asking_for_a_name_only() -> None:
    missing = reply(["tuple", ["missing", "f", ["list", []]]])
    space, channel = a_space(ok(a_handle()), missing)
    function = space.f

    with pytest.raises(StudentDied):
        function(1)

    assert len(channel.rejected) == 1


def test_the_missing_name_is_ours_whatever_the_reply_calls_it() -> None:
    told = ["tuple", ["missing", "the hidden input is 0.123", ["list", ["f_", 5, a_handle()]]]]
    space, _ = a_space(reply(told))

    with pytest.raises(MissingName) as missing:
        space.f

    assert (missing.value.name, str(missing.value)) == ("f", "f is not defined")


def test_of_endlessly_many_names_only_the_first_are_looked_at() -> None:
    names = [f"other{i}" for i in range(1000)] + ["accuracy"]
    space, _ = a_space(reply(["tuple", ["missing", "acuracy", ["list", names]]]))

    with pytest.raises(MissingName) as missing:
        space.acuracy

    assert missing.value.similar == ""


@pytest.mark.parametrize(
    "act",
    [
        lambda space: put(space, 1),
        lambda space: keep(space.f, 1),
        lambda space: define(space, "x = 1"),
    ],
    ids=["put", "keep", "define"],
)
def test_plain_data_where_only_a_handle_may_come_is_rejected(act: Any) -> None:
    replies = [ok(a_handle()), ok(5)] if act.__code__.co_names[0] == "keep" else [ok(5)]
    space, channel = a_space(*replies)

    with pytest.raises(StudentDied):
        act(space)

    assert channel.rejected == ["an answer is no handle"]


@pytest.mark.parametrize("answer", [-1, 2.0, "2", None, True], ids=repr)
def test_a_length_that_is_no_size_is_an_error_of_the_student(answer: Any) -> None:
    space, _ = a_space(ok(a_handle()), ok(answer))

    with pytest.raises(StudentError, match="a length is no whole number"):
        len(space.f)


@pytest.mark.parametrize("answer", [5, "text", None], ids=repr)
def test_items_that_are_no_list_are_an_error_of_the_student(answer: Any) -> None:
    space, _ = a_space(ok(a_handle()), ok(a_handle("2")), ok(answer))

    with pytest.raises(StudentError, match="iterating gave no items"):
        next(iter(space.f))


def test_iterating_without_end_ends() -> None:
    chunk = ok(["list", [0] * 50_000])
    space, channel = a_space(ok(a_handle()), ok(a_handle("2")), *[chunk] * 3)

    assert sum(1 for _ in space.f) == 100_000
    assert len(channel.replies) == 1


@pytest.mark.parametrize("failure", [StudentDied("the memory limit"), StudentTimeout(5.0)])
def test_what_the_channel_says_of_the_kernel_goes_on(failure: StudentFailure) -> None:
    space, channel = a_space(failure)

    with pytest.raises(type(failure)) as raised_:
        space.f

    assert raised_.value is failure
    assert channel.rejected == []


def test_the_call_limit_goes_with_each_request() -> None:
    space, channel = a_space(ok(1))
    space.f

    assert channel.asked == [5.0]


@pytest.mark.parametrize(
    "why",
    [
        "the hidden input is 0.123",
        "it needs 12,000 MB of \x1b[2J",
        "it needs 12,000 MB.",
        "IT NEEDS",
    ],
)
def test_a_reason_that_is_not_the_wires_own_is_not_repeated(why: str) -> None:
    space, _ = a_space(ok(a_handle(types=("torch.Tensor",), why=why)))

    assert difference_of(space.f, 1).fact == "is an object of type Tensor, expected a whole number"


@pytest.mark.parametrize(
    "types",
    [
        ("torch.the hidden input",),
        ("torch.hidden_" + "0123456789" * 3,),
        ("torch.\u202egnaro",),
        ("mine.Tensor",),
        ("",),
        (),
    ],
)
def test_a_type_that_could_carry_a_text_is_not_repeated(types: tuple[str, ...]) -> None:
    space, _ = a_space(ok(a_handle(types=types)))

    fact = difference_of(space.f, 1).fact

    assert fact == "is an object of its own class, expected a whole number"


def test_an_object_that_is_true_of_everything_is_not() -> None:
    space, _ = a_space(ok(a_handle()))

    with pytest.raises(TypeError, match="require wants True or False, not Handle"):
        require(space.f, "never said")


@pytest.mark.parametrize("value", [1, torch.ones(2), np.ones(2), "a", None, [1]], ids=repr)
def test_no_plain_data_equals_a_handle(value: Any) -> None:
    space, _ = a_space(ok(a_handle()))

    assert difference_of(space.f, value).kind == "type"


def test_a_malformed_reply_of_the_solution_is_the_courses_fault() -> None:
    class Agent:
        def answer(self, _buffers: list[wire.Buffer]) -> list[wire.Buffer]:
            return [b"{"]

    agent: Any = Agent()
    space = Space(Link(LocalChannel(agent), owner="solution", wall_s=5.0))

    with pytest.raises(SolutionFailed, match="a header is no JSON"):
        space.f


def test_a_wire_error_of_ours_is_no_answer_of_the_students() -> None:
    space, channel = a_space(WireError("raised by the channel itself"))

    with pytest.raises(WireError):
        space.f

    assert channel.rejected == []

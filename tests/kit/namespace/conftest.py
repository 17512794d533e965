"""Two sides in this process, joined by the real agent and the real wire."""

from __future__ import annotations

import linecache
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from autograder import wire
from autograder.expect.compare import Difference, compare
from autograder.in_sandbox.agent import Agent
from autograder.namespace.space import Link, Space

MakeSpace = Callable[..., Space]


class Recording:
    """A channel to an agent in this process that keeps what was rejected."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent
        self.rejected: list[str] = []

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        return self.agent.answer(buffers)

    def new_round(self, number: int) -> int:
        return number

    def reopen(self) -> bool:
        return False

    def reject(self, why: str) -> None:
        self.rejected.append(why)


def make_space(source: str = "", *, owner: str = "student", wall_s: float = 5.0) -> Space:
    """The names that a cell leaves behind, seen from the other side."""
    names: dict[str, Any] = {"__name__": "__main__"}
    source = textwrap.dedent(source)
    linecache.cache["<cell 1>"] = (len(source), None, source.splitlines(True), "<cell 1>")
    exec(compile(source, "<cell 1>", "exec"), names)
    return Space(Link(Recording(Agent(names)), owner=owner, wall_s=wall_s))


def difference_of(actual: Any, expected: Any) -> Difference:
    """How they differ; the test fails where they do not."""
    found = compare(actual, expected)
    assert found is not None
    return found


@pytest.fixture(name="make_space")
def _make_space() -> MakeSpace:
    return make_space

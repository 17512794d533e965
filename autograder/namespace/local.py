"""The reference solution's namespace, in the judge's own process.

It answers through the same agent and wire as the student's, so that a check sees both alike.
"""

from __future__ import annotations

import contextlib
import io
import linecache
from collections.abc import Iterable
from typing import Any

from autograder import wire
from autograder.in_sandbox.agent import Agent
from autograder.namespace.failures import SolutionFailed
from autograder.namespace.space import Link, Space


class LocalChannel:
    """A channel to an agent in this process."""

    def __init__(self, agent: Agent) -> None:
        self.agent = agent

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        return self.agent.answer(buffers)

    def reject(self, why: str) -> None:
        raise SolutionFailed(why)


def local_space(sources: Iterable[tuple[str, str]], *, wall_s: float) -> Space:
    """The namespace that the cells, as (name, source), leave behind; raises SolutionFailed."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for name, source in sources:
        filename = f"<cell {name} of the solution>"
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, filename, "exec"), names)
        except Exception as problem:
            raise SolutionFailed(f"cell {name}: {type(problem).__name__}: {problem}") from problem
    return Space(Link(LocalChannel(Agent(names)), owner="solution", wall_s=wall_s))

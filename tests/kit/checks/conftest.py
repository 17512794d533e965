"""An assignment's checks in a temporary folder, run with two real spaces in this process."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.checks.collected import Checks
from autograder.checks.facts import CourseFacts
from autograder.checks.plugin import CheckRun
from autograder.in_sandbox.agent import Agent
from autograder.namespace.local import LocalChannel
from autograder.namespace.space import Link, Space
from autograder.results import CheckResult, Outcome

HEAD = (
    "import pytest\nimport torch\n"
    "from autograder.checks import check, define, expect, fetch, keep, put, ramp, require\n"
)
SOLUTION = """
def half(n):
    return n / 2
def nothing():
    raise ValueError("no")
class Thing:
    size = 3
thing = Thing()
"""


def space_of(source: str, owner: str) -> Space:
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(textwrap.dedent(source), "<cell 1>", "exec"), names)
    return Space(Link(LocalChannel(Agent(names)), owner=owner, wall_s=5.0))


@dataclass
class Course:
    """A folder of check files and the two sides that they are run with."""

    folder: Path
    solution: str = SOLUTION
    student: str = SOLUTION
    told: list[str] = field(default_factory=list)
    checks: Checks = field(init=False)

    def __post_init__(self) -> None:
        self.checks = Checks("1-tensors", self.folder)

    def write(self, checks: str, name: str = "test_one.py") -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / name).write_text(HEAD + textwrap.dedent(checks), encoding="utf-8")

    def run(self, checks: str = "", **settings: Any) -> CheckRun:
        """Runs the checks in the folder, after putting these there."""
        if checks:
            self.write(checks)
        run = CheckRun(
            assignment="1-tensors",
            **{
                "student": space_of(self.student, "student"),
                "solution": space_of(self.solution, "solution"),
                "fresh": space_of("", "fresh kernel"),
                "seed": b"secret",
                "course": CourseFacts(minimum_accuracy=0.5),
                "hidden_digits": lambda: (torch.zeros(2, 1, 28, 28), torch.tensor([3, 4])),
                "over": lambda result: self.told.append(result.check.name),
                **settings,
            },
        )
        self.checks.run(run)
        return run

    def results(self, checks: str = "", **settings: Any) -> dict[str, CheckResult]:
        """What was found, by the name of the check."""
        run = self.run(checks, **settings)
        return {name: result for (_, name), result in run.found.items()}

    def each(self, bodies: list[str], *, arguments: str = "student, solution") -> list[CheckResult]:
        """The results of checks with these bodies, in one run."""
        checks = [
            f'@check("half")\ndef test_{i}({arguments}):\n{textwrap.indent(body, "    ")}\n'
            for i, body in enumerate(bodies)
        ]
        return list(self.results("".join(checks)).values())

    def result(self, body: str, *, arguments: str = "student, solution", **settings: Any) -> Any:
        """The result of one check with this body."""
        lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
        source = f'@check("half")\ndef test_it({arguments}):\n{lines}\n'
        return self.results(source, **settings)["test_it"]

    def outcomes(self, checks: str = "", **settings: Any) -> dict[str, Outcome]:
        return {name: result.outcome for name, result in self.results(checks, **settings).items()}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path / "checks")


@pytest.fixture
def make_course(tmp_path: Path) -> Callable[[str], Course]:
    return lambda name: Course(tmp_path / name)


@pytest.fixture(autouse=True)
def _random_state_of_our_own() -> Iterator[None]:
    state = torch.get_rng_state()
    yield
    torch.set_rng_state(state)

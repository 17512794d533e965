"""The reference solution's namespace, in the judge's own process.

It answers through the same agent and wire as the student's, so that a check sees both alike.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import linecache
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder import wire
from autograder.in_sandbox.agent import Agent
from autograder.namespace.failures import SolutionFailed
from autograder.namespace.space import Link, Space

Answers = Mapping[str, Sequence[bytes]]
"""Replies, by what was asked in their round up to them: see `LocalChannel`."""

_MAX_REPLY_BYTES = 500_000
_NO_ROUND = (-1, None, "")


class Home:
    """The folder of an assignment's own files: where its reference runs, as notebooks do.

    Modules that lie there are the reference's alone: another assignment may have others of these
    names.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._modules: dict[str, ModuleType] = {}

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Within it the folder is the current one, and what lies there can be imported."""
        if self.folder is None:
            yield
            return
        folder = str(self.folder)
        sys.path.insert(0, folder)
        sys.modules.update(self._modules)
        try:
            with contextlib.chdir(folder):
                yield
        finally:
            sys.path.remove(folder)
            for name, module in list(sys.modules.items()):
                if str(getattr(module, "__file__", None) or "").startswith(f"{folder}{os.sep}"):
                    self._modules[name] = sys.modules.pop(name)


class LocalChannel:
    """A channel to an agent in this process.

    A check asks the reference the same of each submission, and with the same seeds: so what it
    answered once (`answers`) is answered again without asking it. Where something else is asked
    than ever before, all that was left out until then is done first: the agent's state is that of
    one who was asked everything.
    """

    def __init__(self, agent: Agent, home: Home | None = None) -> None:
        self.agent = agent
        self.home = home or Home()
        self.answers: Answers = {}
        self.recorded: dict[str, list[bytes]] | None = None
        self._asked = hashlib.sha256()
        self._begins = True
        self._live = False
        self._left_out: list[tuple[bool, list[bytes]]] = []

    def new_round(self, number: int) -> int:
        """Each round has the same number here: what is asked in it is the same each time."""
        self._asked, self._begins, self._live = hashlib.sha256(), True, False
        return 0

    def reopen(self) -> bool:
        """The reference runs in this process, which goes on."""
        return False

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]:
        asked = [bytes(part) for part in buffers]
        for part in asked:
            self._asked.update(len(part).to_bytes(8, "little"))
            self._asked.update(part)
        begins, self._begins = self._begins, False
        key = self._asked.hexdigest()
        self._left_out.append((begins, asked))
        if not self._live and key in self.answers:
            return list(self.answers[key])
        self._live = True
        reply = self._catch_up()
        if self.recorded is not None and sum(len(part) for part in reply) <= _MAX_REPLY_BYTES:
            self.recorded[key] = [bytes(part) for part in reply]
        return reply

    def _catch_up(self) -> list[wire.Buffer]:
        """Asks all that was left out; the reply to the last of it."""
        reply: list[wire.Buffer] = []
        for begins, asked in self._left_out:
            if begins:
                self.agent.round = _NO_ROUND
            with self.home.entered():
                reply = self.agent.answer(list(asked))
        self._left_out.clear()
        return reply

    def reject(self, why: str) -> None:
        raise SolutionFailed(why)


@contextlib.contextmanager
def recorded_answers(space: Space) -> Iterator[dict[str, list[bytes]]]:
    """What a local space is asked within it, and answers."""
    channel = _channel_of(space)
    recorded: dict[str, list[bytes]] = {}
    channel.recorded = recorded
    try:
        yield recorded
    finally:
        channel.recorded = None


def use_answers(space: Space, answers: Answers) -> None:
    """From now on a local space gives answers that were recorded, where it can."""
    _channel_of(space).answers = answers


def _channel_of(space: Space) -> LocalChannel:
    channel = space._autograder_link.channel
    assert isinstance(channel, LocalChannel), "the reference answers in this process"
    return channel


def local_space(
    sources: Iterable[tuple[str, str]], *, wall_s: float, home: Path | None = None
) -> Space:
    """The namespace that the cells, as (name, source), leave behind; raises SolutionFailed.

    They run in the folder `home`, if there is one: it holds the files that they read.
    """
    at_home = Home(home)
    names: dict[str, Any] = {"__name__": "__main__"}
    for name, source in sources:
        filename = f"<cell {name} of the solution>"
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        try:
            with contextlib.redirect_stdout(io.StringIO()), at_home.entered():
                exec(compile(source, filename, "exec"), names)
        except Exception as problem:
            raise SolutionFailed(f"cell {name}: {type(problem).__name__}: {problem}") from problem
    channel = LocalChannel(Agent(names), at_home)
    return Space(Link(channel, owner="solution", wall_s=wall_s))

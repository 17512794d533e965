"""A packed assignment unpacked in one process: a judge that is ready, and what it judges by."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from autograder.course.packed import Packed, judge_assignment, kernel_env, kernel_plan
from autograder.files import make_temporary
from autograder.judge.grade import Judge


class Bench:
    """The judge of a packed assignment. Its checks lie in a folder of this process's own.

    Raises ChecksBroken where the reference fails or the checks cannot be collected.
    """

    def __init__(self, packed: Packed, shown: Path) -> None:
        self.packed = packed
        self._folder, self._lock = make_temporary()
        try:
            checks = self._folder / packed.assignment
            write_files(checks, packed.checks)
            judged = judge_assignment(packed, checks, shown)
            plan = kernel_plan(packed.kernel, kernel_env(shown))
            self.judge = Judge(judged, plan, packed.limits)
            if packed.trail is not None:
                self.judge.trail = packed.trail
            # Here once, and not in each process that is forked for a submission.
            self.judge.checks.collect()
            if any(b"hidden_digits" in content for content in packed.checks.values()):
                judged.hidden_digits()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Removes its folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their path below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

"""The commands; no logic.

Knows nothing of how anything is done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_WANTS_KERNELS = ("grade", "regrade", "demo")


def main() -> None:
    """The `autograder` command."""
    try:
        if sys.platform == "linux" and _will_want_kernels(sys.argv[1:]):
            from autograder.kernel.launcher import warm_up

            warm_up()  # Before our own imports, which take as long as the fork server's.
        from autograder.quick import leave_out_what_no_command_needs

        leave_out_what_no_command_needs()
        from autograder.cli.commands import run
    except ModuleNotFoundError as missing:
        sys.stderr.write(why_not(missing.name or ""))
        raise SystemExit(2) from None
    run()


def _will_want_kernels(arguments: Sequence[str]) -> bool:
    """Whether kernels will be asked for, as far as can be told before anything is imported."""
    command, *rest = arguments or [""]
    if command != "grade" or "--force" in rest:
        return command in _WANTS_KERNELS
    from autograder.course.foresight import looks_as_after_grading
    from autograder.errors import KitError
    from autograder.settings.load import find_root

    names = [argument for argument in rest if not argument.startswith("-")]
    # Other options name a course or students: then nothing is guessed.
    if len(names) != 1 or len(rest) != 1:
        return True
    try:
        root = find_root(Path(os.environ.get("AUTOGRADER_COURSE") or "."))
    except KitError:
        return False  # The command will say so.
    return not looks_as_after_grading(root, names[0])


def why_not(module: str) -> str:
    """Why the command cannot start on this machine, where a module is missing."""
    if module in sys.stdlib_module_names:
        # Windows has no fcntl, for one.
        return (
            f"The command needs Linux, and this is {sys.platform}: use WSL 2, a virtual machine or "
            "a container with Linux. Notebooks and their visible checks work here too.\n"
        )
    # A student's install has the notebooks' checks, not the grading.
    return (
        f"The command needs the package {module}, which comes with the instructor's install. "
        "In the course's folder:\n    pip install --editable '.[instructor]'\n"
    )

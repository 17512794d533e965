"""Runs in: the judge.

What this machine can do for a sandbox, wall by wall, for `autograder doctor` and for whoever wants
to know before a night of grading. Each question is asked of Linux by trying, in a process that
ends at once.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator

from autograder.errors import KernelUnavailable
from autograder.kernel.walls import landlock, linux, namespaces, seccomp

_NOT_LINUX = "Grade on Linux: a virtual machine, WSL 2 or a container will do."


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Wall:
    """One wall of the sandbox: whether it can be built here, on what it stands, and the mend.

    Where `needed`, no kernel is started without it (unless course_config.py allows that).
    """

    name: str
    ok: bool
    needed: bool
    why: str
    mend: str = ""


def walls() -> list[Wall]:
    """All walls, in the order in which a kernel builds them."""
    if not sys.platform.startswith("linux"):
        return [
            Wall(
                name="Linux", ok=False, needed=True, why=f"this is {sys.platform}", mend=_NOT_LINUX
            )
        ]
    return list(_walls())


def require(found: list[Wall] | None = None) -> None:
    """Raises KernelUnavailable, with the mend, where a needed wall cannot be built."""
    for wall in walls() if found is None else found:
        if wall.needed and not wall.ok:
            raise KernelUnavailable(
                f"this machine builds no sandbox ({wall.name}: {wall.why})", wall.mend
            )


def _walls() -> Iterator[Wall]:
    own_uid = namespaces.why_no_uid(namespaces.samples())
    yield Wall(
        name="user id of its own for each kernel",
        ok=not own_uid[0],
        needed=False,
        why=own_uid[0] or "started as root, and others can read the Python environment",
        mend=own_uid[1],
    )
    yield _namespaces()
    version = landlock.abi()
    yield Wall(
        name="Landlock",
        ok=version > 0,
        needed=False,
        why=f"version {version}" if version else "this Linux does not offer it",
        mend="" if version else "Linux 5.13 or newer, with landlock in the list of lsm= at boot.",
    )
    yield _tried("system call filter", seccomp_holds, "Linux with CONFIG_SECCOMP_FILTER.")


def _namespaces() -> Wall:
    why = _in_a_child(_try_namespaces)
    on = (
        "a user id of its own"
        if not namespaces.why_no_uid(namespaces.samples())[0]
        else ("a user namespace without capabilities")
    )
    return Wall(
        name="namespaces (processes, files, network, System V)",
        ok=not why,
        needed=True,
        why=why or f"standing on {on}",
        mend=namespaces.USERNS_MEND if why else "",
    )


def _try_namespaces() -> None:
    ground = namespaces.settle(namespaces.samples())
    if ground.level is namespaces.Level.NONE:
        raise OSError(1, ground.why)
    why = _in_a_child(_try_mounts)
    if why:
        raise OSError(1, why)


def _try_mounts() -> None:
    """In process 1 of a pid namespace: what kernels need that containers often forbid."""
    namespaces.leave_the_machine()
    linux.make_mounts_private()
    linux.mount("tmpfs", "/dev/shm", "tmpfs", linux.MS_NOSUID, "size=1m")  # noqa: S108
    os.mkdir("/dev/shm/proc")  # noqa: S108
    linux.mount("proc", "/dev/shm/proc", "proc", linux.MS_NOSUID)  # noqa: S108
    linux.protect("/dev/shm/proc", linux.MS_RDONLY)  # noqa: S108


def seccomp_holds() -> None:
    """Installs the filter in this process and tries what it forbids."""
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install()
    with contextlib.suppress(OSError):
        linux.unshare(linux.CLONE_NEWUTS)
        raise RuntimeError("the filter lets a forbidden call through")


def _tried(name: str, trial: Callable[[], None], mend: str) -> Wall:
    why = _in_a_child(trial)
    return Wall(name=name, ok=not why, needed=True, why=why or "it holds", mend=mend if why else "")


def _in_a_child(trial: Callable[[], None]) -> str:
    """Why a trial fails, "" where it does not; in a process of its own, because it is for good."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.alarm(20)
            trial()
            why = ""
        except BaseException as problem:  # noqa: BLE001 - a child of a fork must not return
            why = str(problem) or traceback.format_exc()
        os.write(writer, why.encode()[:4000])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        why = pipe.read().decode(errors="replace")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return why or ("" if status == 0 else f"the trial ended with status {status}")

"""Runs in: the fork server, and the kernel before the student's code. Holds no secret.

Namespaces: what a kernel sees of the machine. Its processes (a pid namespace whose process 1 is
the kernel itself: when that ends, Linux ends every other one, daemons included), its files (a
mount namespace with a small tree of its own), no network, its own System V objects and host name.

There are three grounds to stand on, best first:

- UID: started as root. A kernel gets a user id that nothing else on the machine has.
- USERNS: started as an ordinary user (or as root, where other users can't read the Python
  environment). A kernel is that user, without any capability, in a user namespace of its own.
- NONE: Linux allows neither. Only Landlock, the system call filter and rlimits are left.
"""

from __future__ import annotations

import dataclasses
import enum
import os
import stat
import sys
from collections.abc import Iterable

from autograder.kernel.walls import linux

# Above what systemd gives to containers, below the largest id that all file systems know.
UIDS = range(1_900_000_000, 1_940_000_000)
INSIDE_UID = 1000
_NEEDED = {6: "CAP_SETGID", 7: "CAP_SETUID", 8: "CAP_SETPCAP", 21: "CAP_SYS_ADMIN"}
_OF_A_KERNEL = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWCGROUP
)


class Level(enum.StrEnum):
    """What the sandbox stands on."""

    UID = "a user id of its own"
    USERNS = "a user namespace"
    NONE = "nothing"


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """The level reached, why not a better one, and what to do about it."""

    level: Level
    why: str = ""
    mend: str = ""


def samples() -> list[str]:
    """Files that every kernel must be able to read: one of Python, one of this package."""
    return [os.__file__, sys.executable, __file__]


def settle(samples: Iterable[str]) -> Ground:
    """Moves the calling process's next child into namespaces; called once, by the fork server.

    The child is process 1 of a pid namespace that holds all kernels: if the fork server is killed,
    by whatever, Linux ends them all. `samples` are files that a kernel must be able to read.
    """
    why, mend = why_no_uid(samples)
    if not why:
        try:
            linux.unshare(linux.CLONE_NEWPID)
        except OSError as problem:
            why, mend = str(problem), "Give the container CAP_SYS_ADMIN."
        else:
            return Ground(level=Level.UID)
    try:
        uid, gid = os.geteuid(), os.getegid()
        linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWPID)
        map_ids("/proc/self", (uid, uid), (gid, gid))
    except OSError as problem:
        return Ground(level=Level.NONE, why=str(problem), mend=USERNS_MEND)
    return Ground(level=Level.USERNS, why=why, mend=mend)


USERNS_MEND = (
    "Allow unprivileged user namespaces: sysctl user.max_user_namespaces above 0, "
    "kernel.unprivileged_userns_clone=1 on Debian, "
    "kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu, "
    "--security-opt seccomp=unconfined in Docker."
)


def why_no_uid(samples: Iterable[str]) -> tuple[str, str]:
    """Why kernels can't have user ids of their own, and the mend; empty where they can."""
    if os.geteuid() != 0:
        return "not started as root", ""
    missing = [name for bit, name in _NEEDED.items() if not _effective_capabilities() >> bit & 1]
    if missing:
        return f"root lacks {', '.join(missing)} here", "Start the container with these rights."
    if not _uids_are_mapped():
        return "this container maps too few user ids", ""
    for sample in samples:
        if not stat.S_IMODE(os.stat(sample).st_mode) & stat.S_IROTH:
            return f"other users cannot read {sample}", f"chmod -R o+rX {os.path.dirname(sample)}"
    return "", ""


def _effective_capabilities() -> int:
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        lines = dict(line.split(":", 1) for line in status if ":" in line)
    return int(lines["CapEff"].strip(), 16)


def _uids_are_mapped() -> bool:
    with open("/proc/self/uid_map", encoding="ascii") as table:
        rows = [[int(word) for word in line.split()] for line in table]
    return any(first <= UIDS[0] and UIDS[-1] < first + count for first, _, count in rows)


def map_ids(process: str, uid: tuple[int, int], gid: tuple[int, int]) -> None:
    """Writes the id maps (inside, outside) of a user namespace; `process` is a folder of /proc."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{uid[0]} {uid[1]} 1"),
        ("gid_map", f"{gid[0]} {gid[1]} 1"),
    ):
        with open(f"{process}/{name}", "w", encoding="ascii") as table:
            table.write(text)


def leave_the_machine() -> None:
    """A kernel's own mounts, network, System V objects and host name; called in the kernel."""
    linux.unshare(_OF_A_KERNEL)
    linux.set_host_name("sandbox")


def become_nobody_else(level: Level, uid: int, host_proc: str) -> None:
    """Takes a user id of its own, in a user namespace of its own where root has none to give.

    The namespace of its own also makes Linux count the kernel's processes apart from all others.
    """
    if level is Level.UID:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        return
    outside, outside_group = os.geteuid(), os.getegid()
    linux.unshare(linux.CLONE_NEWUSER)
    map_ids(f"{host_proc}/self", (INSIDE_UID, outside), (INSIDE_UID, outside_group))
    os.setresgid(INSIDE_UID, INSIDE_UID, INSIDE_UID)
    os.setresuid(INSIDE_UID, INSIDE_UID, INSIDE_UID)

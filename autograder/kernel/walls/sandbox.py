"""Runs in: the kernel, before the student's code. Holds no secret.

Puts the calling process into the sandbox, for good. Order matters: the mounts need rights that
are given up next, Landlock and the system call filter come last because they forbid the steps
before, and all of it comes before the kernel has a second thread (unshare of a user namespace
refuses threads; Landlock and the filter would not hold for those already running).
"""

from __future__ import annotations

import dataclasses
import os
import stat
import sys
from collections.abc import Mapping
from typing import Any, Self

from autograder.kernel.walls import landlock, limits, linux, mounts, namespaces, seccomp
from autograder.kernel.walls.limits import KernelLimits
from autograder.kernel.walls.namespaces import Level

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc", "/proc")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/pts")


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a kernel gets: paths it may read, files copied into its folder (the path there, and on
    the machine), environment, limits.

    `hidden` are files below such paths that it may not read all the same; only mounts can do that.
    `scratch` is used only where the machine allows no mounts: elsewhere scratch is in memory.
    """

    readable: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    copied: Mapping[str, str] = dataclasses.field(default_factory=dict)
    env: Mapping[str, str] = dataclasses.field(default_factory=dict)
    limits: KernelLimits
    allow_no_sandbox: bool = False
    scratch: str = ""

    def to_plain(self) -> dict[str, Any]:
        plain = {"env": dict(self.env), "copied": dict(self.copied)}
        return {**dataclasses.asdict(self), **plain}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        values = dict(plain)
        values["limits"] = KernelLimits.from_plain(values["limits"])
        for name in ("readable", "hidden"):
            values[name] = tuple(values[name])
        return cls(**values)


def enter(plan: Plan, level: Level, uid: int, stage: str) -> list[int]:
    """Enters the sandbox, and gives what the supervisor watches: /proc, scratch, shared memory.

    Raises OSError where a wall cannot be built. At Level.NONE each wall is built that can be.
    """
    if level is Level.NONE:
        return _enter_without_namespaces(plan)
    host_proc = os.open("/proc", os.O_PATH | os.O_CLOEXEC)
    namespaces.leave_the_machine()
    mounts.build(_tree(plan, level, uid, stage))
    places = ("/proc", mounts.SCRATCH, mounts.SHARED_MEMORY)
    watched = [os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC) for place in places]
    namespaces.become_nobody_else(level, uid, f"/proc/self/fd/{host_proc}")
    os.close(host_proc)
    limits.apply(plan.limits)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    _restrict_files(plan, [("/", landlock.READ_DIR), *_granted(mounts.SCRATCH)])
    linux.drop_capabilities()
    # A process that changed its user may not read its own /proc/self, until it says it may.
    linux.prctl(linux.PR_SET_DUMPABLE, 1)
    seccomp.install()
    return watched


def environment(plan: Plan, work: str, level: Level) -> dict[str, str]:
    """The whole environment of a kernel: nothing of the judge's own goes in."""
    home = work if level is Level.NONE else mounts.SCRATCH
    return {
        "PATH": f"{sys.prefix}/bin:/usr/local/bin:/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "IPYTHONDIR": f"{home}/.ipython",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **plan.env,
    }


def _tree(plan: Plan, level: Level, uid: int, stage: str) -> mounts.Tree:
    own = level is Level.UID
    if own:
        for path in plan.readable:
            _others_may_read(path)
    return mounts.Tree(
        stage=stage,
        readable=(*mounts.python_paths(), *plan.readable),
        hidden=plan.hidden,
        copied=plan.copied,
        limits=plan.limits,
        uid=uid if own else os.geteuid(),
        gid=uid if own else os.getegid(),
        inside_uid=uid if own else namespaces.INSIDE_UID,
    )


def _others_may_read(path: str) -> None:
    mode = os.stat(path).st_mode
    needed = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(mode) else 0)
    if mode & needed != needed:
        raise PermissionError(13, f"other users cannot read it: chmod -R o+rX {path}", path)


def _granted(scratch: str) -> list[tuple[str, int]]:
    everything = landlock.everything(99)
    return [
        (scratch, everything & ~landlock.IOCTL_DEV),
        (mounts.SHARED_MEMORY, everything & ~landlock.IOCTL_DEV),
    ]


def _restrict_files(plan: Plan, writable: list[tuple[str, int]]) -> None:
    version = landlock.abi()
    if not version:
        return  # The mounts stand alone; `doctor` says so.
    readable = (*_SYSTEM, *mounts.python_paths(), *plan.readable)
    grants = [(path, landlock.READ) for path in readable]
    grants += [(path, landlock.DEVICE) for path in _DEVICES]
    landlock.restrict([*grants, *writable], version)


def _enter_without_namespaces(plan: Plan) -> list[int]:
    """What is left where Linux gives no namespaces, for whoever allowed that in so many words."""
    os.setsid()
    limits.apply(dataclasses.replace(plan.limits, threads=None))  # counted per user: all of them
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    _restrict_files(plan, _granted(plan.scratch))
    if os.geteuid() != 0:
        linux.drop_capabilities()
    seccomp.install()
    return []

"""Runs in: the judge, the fork server, and the kernel before the student's code. Holds no secret.

What a kernel may use. Two walls keep it: rlimits, which Linux checks at each allocation and fork
(so that a cell gets an ordinary exception where possible), and the supervisor, which counts all
processes together and cannot be reached from inside.
"""

from __future__ import annotations

import dataclasses
import os
import resource
from collections.abc import Mapping
from typing import Any, Self

from autograder.errors import SettingsProblem

_MB = 1 << 20
# What a process may map beyond its share, so that many small things (thread stacks of 8 MB,
# malloc's arenas) don't fail long before the memory is used.
_ROOM_MB = 1024
_ADDRESS_ROOM_MB = 16_384
_NICENESS = 10


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class KernelLimits:
    """What one kernel with all its processes may use; None is no limit.

    What a course sets has no default here: whoever starts a kernel names it. The others are no
    settings; a kernel spec may still change them.

    `memory_mb` counts what its processes hold beyond what they share with the fork server, files
    in the scratch folder and shared memory included. `threads` counts processes too.
    `files` is how many files and folders the scratch folder may hold. `open_files` is for each
    process, `open_in_all` for all together: what lies in sockets and pipes is nobody's memory.
    """

    memory_mb: int | None
    cpu_s: float | None
    processes: int | None
    threads: int | None
    scratch_mb: int | None
    files: int | None = 20_000
    open_files: int | None = 1024
    open_in_all: int | None = 4096

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value is not None and value <= 0:
                raise SettingsProblem(
                    "course_config.py",
                    f"Limits.{field.name} is {value}.",
                    "Set it to a number above 0, or to None for no limit.",
                )

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        """The record of a kernel spec's dict; raises SettingsProblem for names that do not fit."""
        fields = dataclasses.fields(cls)
        known = {field.name for field in fields}
        for name in plain:
            if name not in known:
                raise SettingsProblem(
                    "course_config.py",
                    f"there is no limit named {name}.",
                    f"There is: {', '.join(sorted(known))}.",
                )
        needed = {field.name for field in fields if field.default is dataclasses.MISSING}
        missing = ", ".join(sorted(needed - set(plain)))
        if missing:
            raise SettingsProblem(
                "course_config.py",
                f"a kernel's limits do not name {missing}.",
                "Set each to a number above 0, or to None for no limit.",
            )
        return cls(**plain)


def apply(limits: KernelLimits) -> None:
    """Sets the rlimits of this process and all it will start; none can be raised again."""
    # A fork bomb on few cores must not starve those who count and end it.
    os.nice(_NICENESS)
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_MSGQUEUE, resource.RLIMIT_RTPRIO):
        _set(kind, 0)
    _set(resource.RLIMIT_MEMLOCK, 1 * _MB)
    _set(resource.RLIMIT_SIGPENDING, 4096)
    if limits.open_files is not None:
        _set(resource.RLIMIT_NOFILE, limits.open_files)
    if limits.scratch_mb is not None:
        _set(resource.RLIMIT_FSIZE, limits.scratch_mb * _MB)
    if limits.threads is not None:
        # Counted per user and user namespace, and each kernel has one of its own: a fork bomb
        # neither stops the neighbours nor is stopped late because of them.
        _set(resource.RLIMIT_NPROC, limits.threads)
    if limits.memory_mb is not None:
        mapped, data = _mapped_now()
        _set(resource.RLIMIT_DATA, data + (limits.memory_mb + _ROOM_MB) * _MB)
        _set(resource.RLIMIT_AS, mapped + (2 * limits.memory_mb + _ADDRESS_ROOM_MB) * _MB)


def _set(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _mapped_now() -> tuple[int, int]:
    """Bytes of address space and of writable private memory that this process has mapped."""
    fields = {}
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            name, _, rest = line.partition(":")
            fields[name] = rest.split()
    return int(fields["VmSize"][0]) * 1024, int(fields["VmData"][0]) * 1024

"""Runs in: the fork server. Holds no secret.

Counts what a kernel's processes use together, from outside: the student's code can neither reach
nor starve the one who counts. It looks every few hundredths of a second; what grows faster than
that meets rlimits or, where they are to be had, cgroups first.

What is counted, and why so: private memory (RssAnon), page tables, and what lies in the two
folders in memory, which no process's count shows. Pages that a kernel still shares with the fork
server count in RssAnon of each process, so where that sum is over the limit, and only there, the
slow and exact count (Pss) decides.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from collections.abc import Iterable

from autograder.kernel.walls.limits import KernelLimits

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICK = os.sysconf("SC_CLK_TCK")
_KB, _MB = 1024, 1 << 20
# Shared memory without a name can be kept while no process shows it (touch it, MADV_DONTNEED).
# Where the machine's own count grows by so much, mappings of that kind count in full.
_SUSPICIOUS = 256 * _MB
_EXACT_S = 0.5


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class _Usage:
    private: int = 0
    shared: int = 0
    threads: int = 0
    open_files: int = 0
    cpu_s: float = 0.0


class Supervisor:
    """Watches one kernel. `proc` is a folder of its processes, `memory` its folders in memory."""

    def __init__(
        self, limits: KernelLimits, proc: int, memory: Iterable[int], shmem_before: int
    ) -> None:
        self.limits = limits
        self.proc = proc
        self.memory = tuple(memory)
        self.shmem_before = shmem_before
        self.peak_bytes = 0
        self._cpu_s: dict[str, float] = {}

    def close(self) -> None:
        """Lets go of the kernel's folders; only then does Linux free what lies in them."""
        for fd in (self.proc, *self.memory):
            with contextlib.suppress(OSError):
                os.close(fd)
        self.memory = ()

    def over(self, pids: Iterable[str] | None = None, shmem_now: int = 0) -> str | None:
        """The limit that is passed, in words, or None. `pids` where `proc` shows others too."""
        names = self._pids() if pids is None else list(pids)
        usages = {name: usage for name in names if (usage := self._usage(name)) is not None}
        limits = self.limits
        if limits.processes is not None and len(usages) > limits.processes:
            return f"limit of {limits.processes:,} processes"
        threads = sum(usage.threads for usage in usages.values())
        if limits.threads is not None and threads > limits.threads:
            return f"limit of {limits.threads:,} threads"
        open_files = sum(usage.open_files for usage in usages.values())
        if limits.open_in_all is not None and open_files > limits.open_in_all:
            return f"limit of {limits.open_in_all:,} open files"
        for name, usage in usages.items():
            self._cpu_s[name] = max(self._cpu_s.get(name, 0.0), usage.cpu_s)
        if limits.cpu_s is not None and sum(self._cpu_s.values()) > limits.cpu_s:
            return f"CPU time limit of {limits.cpu_s:,g} s"
        over = self._over_memory(usages, shmem_now)
        # A fork bomb has gone on while its memory was counted: what it did is the better word.
        again = over is not None and pids is None and limits.processes is not None
        if again and len(self._pids()) > (limits.processes or 0):
            return f"limit of {limits.processes:,} processes"
        return over

    def _pids(self) -> list[str]:
        return [name for name in os.listdir(self.proc) if name.isdigit()]

    def _over_memory(self, usages: dict[str, _Usage], shmem_now: int) -> str | None:
        in_folders = sum(_used(fd) for fd in self.memory)
        shared = max([in_folders, *(usage.shared for usage in usages.values())])
        if shmem_now - self.shmem_before > _SUSPICIOUS + shared:
            shared += sum(self._nameless(name) for name in usages)
        total = shared + sum(usage.private for usage in usages.values())
        if self.limits.memory_mb is None or total <= self.limits.memory_mb * _MB:
            self.peak_bytes = max(self.peak_bytes, total)
            return None
        exact = shared + self._exact_private(usages)
        self.peak_bytes = max(self.peak_bytes, exact)
        if exact <= self.limits.memory_mb * _MB:
            return None
        return f"memory limit of {self.limits.memory_mb:,} MB"

    def _usage(self, pid: str) -> _Usage | None:
        try:
            status = _read(self.proc, f"{pid}/status")
            cpu = _read(self.proc, f"{pid}/stat").rsplit(") ", 1)[1].split()[11:15]
        except (OSError, IndexError):
            return None  # It ended meanwhile.
        fields = _fields(status)
        return _Usage(
            private=_kilobytes(fields, "RssAnon") + _kilobytes(fields, "VmPTE"),
            shared=_kilobytes(fields, "RssShmem"),
            threads=int(fields.get("Threads", "0")),
            open_files=self._open_files(pid),
            cpu_s=sum(map(int, cpu)) / _TICK,
        )

    def _open_files(self, pid: str) -> int:
        with contextlib.suppress(OSError):
            # Since Linux 6.2 the folder's size is their number; before, it is 0.
            known = os.stat(f"{pid}/fd", dir_fd=self.proc).st_size
            return known or self._listed(f"{pid}/fd")
        return 0

    def _listed(self, path: str) -> int:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self.proc)
        try:
            return len(os.listdir(fd))
        finally:
            os.close(fd)

    def _exact_private(self, usages: dict[str, _Usage]) -> int:
        """Private memory, shared pages divided among those who share them, without the part that
        is the fork server's: about as much of it lies on each process as on the server itself.
        """
        until = time.monotonic() + _EXACT_S
        counts = {
            name: self._anonymous(self.proc, name) if time.monotonic() < until else None
            for name in usages
        }
        known = [count for count in counts.values() if count is not None]
        # One that ended meanwhile has nothing any more; one that can't be asked counts in full. So
        # does one that there was no time for: asking a process that forks without end takes long.
        others = [self._usage(name) for name, count in counts.items() if count is None]
        share, whole = _server_anonymous()
        exact = max(0, sum(known) - min(len(known) * share, whole))
        return exact + sum(usage.private for usage in others if usage is not None)

    @staticmethod
    def _anonymous(folder: int, pid: str) -> int | None:
        try:
            return _kilobytes(_fields(_read(folder, f"{pid}/smaps_rollup")), "Pss_Anon")
        except OSError:
            return None

    def _nameless(self, pid: str) -> int:
        try:
            text = _read(self.proc, f"{pid}/maps")
        except OSError:
            return 0
        spans = (
            line.split(" ", 1)[0] for line in text.splitlines() if "/dev/zero (deleted)" in line
        )
        return sum(int(end, 16) - int(start, 16) for start, end in (s.split("-") for s in spans))


def shared_memory_of_machine() -> int:
    """Bytes of shared memory and of files in memory that the whole machine holds."""
    with open("/proc/meminfo", encoding="ascii") as table:
        for line in table:
            if line.startswith("Shmem:"):
                return int(line.split()[1]) * _KB
    return 0


def _server_anonymous() -> tuple[int, int]:
    """This process's private memory: its share of what it shares with kernels, and all of it."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as rollup:
        fields = _fields(rollup.read())
    return _kilobytes(fields, "Pss_Anon"), _kilobytes(fields, "Anonymous")


def descendants(pid: int) -> list[str]:
    """A process and all it started that still have a line of parents to it."""
    parents: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, IndexError), open(f"/proc/{name}/stat") as stat:
            parent = int(stat.read().rsplit(") ", 1)[1].split()[1])
            parents.setdefault(parent, []).append(int(name))
    found, new = [pid], [pid]
    while new:
        new = [child for parent in new for child in parents.get(parent, ())]
        found += new
    return [str(one) for one in found]


def _read(folder: int, path: str) -> str:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(fd, "r", encoding="utf-8", errors="replace") as file:
        return file.read()


def _used(folder: int) -> int:
    about = os.fstatvfs(folder)
    return (about.f_blocks - about.f_bfree) * about.f_frsize


def _fields(text: str) -> dict[str, str]:
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)


def _kilobytes(fields: dict[str, str], name: str) -> int:
    words = fields.get(name, "0").split()
    return int(words[0]) * _KB

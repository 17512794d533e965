"""What an attack leaves on the machine: markers, messages, processes, files; and how to look.

Everything is looked at on the host, from outside. Other people's tests may run on the machine at
the same time: what cannot be theirs counts (the fork server of this run, its folders, ids of
kernels, names of markers).
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import cast

import psutil

from autograder.kernel import launcher
from autograder.kernel.walls.namespaces import UIDS

NO_WALLS = "tests.attacks.no_walls"
_SERVERS = {launcher.SERVER, NO_WALLS}
PORT = 47113
ABSTRACT = "\0mark47113"
# Importing torchvision makes this folder (torch._dynamo's cache): the judge's, and always empty.
_OF_TORCH = "torchinductor_"
_PAUSE_S = 0.6
_PATIENCE_S = 4.0


class Listener:
    """Takes whatever is sent to the port (TCP and UDP) and to the abstract socket."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._selector = selectors.DefaultSelector()
        self._stop = threading.Event()
        self._sockets = [self._tcp(), self._udp(), self._unix()]
        for one in self._sockets:
            one.setblocking(False)
            self._selector.register(one, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Listener:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(5)
        for one in self._sockets:
            one.close()
        self._selector.close()

    def taken(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard

    def _tcp(self) -> socket.socket:
        one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", PORT))
        one.listen(50)
        return one

    def _udp(self) -> socket.socket:
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.bind(("127.0.0.1", PORT))
        return one

    def _unix(self) -> socket.socket:
        one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        one.bind(ABSTRACT)
        one.listen(50)
        return one

    def _listen(self) -> None:
        while not self._stop.is_set():
            for key, _ in self._selector.select(0.1):
                with contextlib.suppress(OSError):
                    self.heard.append(_take(cast(socket.socket, key.fileobj)))


def _take(one: socket.socket) -> str:
    if one.type == socket.SOCK_DGRAM:
        return one.recv(4096).decode("utf-8", "replace")
    connection, _ = one.accept()
    with connection:
        connection.settimeout(0.5)
        try:
            return connection.recv(4096).decode("utf-8", "replace")
        except OSError:
            return ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """The places of one run: its own temporary and runtime folders, and its courses."""

    session: Path

    @property
    def tmp(self) -> Path:
        return self.session / "t"

    @property
    def runtime(self) -> Path:
        return self.session / "r"

    def environment(self) -> dict[str, str]:
        """Gives the run a fork server of its own, and temporary files that are only its own."""
        return {"TMPDIR": str(self.tmp), "XDG_RUNTIME_DIR": str(self.runtime)}

    def fork_servers(self) -> list[psutil.Process]:
        """The fork servers of this run."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                words = process.cmdline()
                if not _SERVERS.isdisjoint(words) and self._is_ours(words):
                    found.append(process)
        ours = {process.pid for process in found}
        # A kernel keeps the command line of the fork server that it was forked from.
        return [process for process in found if process.ppid() not in ours]

    def _is_ours(self, words: Sequence[str]) -> bool:
        return any(word.startswith(str(self.session)) for word in words)

    def survivors(self, waited_s: float = _PATIENCE_S) -> list[str]:
        """The processes of submissions that are still there when the command has ended."""
        deadline = time.monotonic() + waited_s
        while (alive := self._alive()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return alive

    def _alive(self) -> list[str]:
        servers = self.fork_servers()
        found = [child for server in servers for child in server.children(recursive=True)]
        found += list(_orphans())
        return sorted({_told(process) for process in found})

    def leftovers(self) -> list[str]:
        """What is in our temporary folder, and what kernels' users own in the machine's."""
        left = [str(path) for path in self.tmp.iterdir() if not path.name.startswith(_OF_TORCH)]
        for place in map(Path, ("/tmp", "/var/tmp", "/dev/shm", "/run")):
            left += [str(path) for path in place.iterdir() if _is_a_kernels(path)]
        return sorted(left)

    def clear(self) -> None:
        """Empties our temporary folder: what one batch left is not the next one's."""
        shutil.rmtree(self.tmp, ignore_errors=True)
        self.tmp.mkdir(mode=0o700, exist_ok=True)

    def end(self) -> None:
        """Ends the fork servers of this run, and with them every kernel."""
        for server in self.fork_servers():
            with contextlib.suppress(psutil.Error):
                server.kill()
                server.wait(5)


def _is_a_kernels(path: Path) -> bool:
    try:
        return path.lstat().st_uid in UIDS
    except OSError:
        return False


def _orphans() -> Iterator[psutil.Process]:
    """Processes of kernels' users that no fork server watches any more."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.uids().real in UIDS and not _is_watched(process):
                yield process


def _is_watched(process: psutil.Process) -> bool:
    return any(not _SERVERS.isdisjoint(one.cmdline()) for one in process.parents())


def _told(process: psutil.Process) -> str:
    try:
        return f"{process.pid} {process.status()} {' '.join(process.cmdline())[:80]}"
    except psutil.Error:
        return f"{process.pid} (ended)"


def ipc_objects() -> set[str]:
    """System V objects of the machine, a line each."""
    found: set[str] = set()
    for kind in ("shm", "msg", "sem"):
        lines = Path("/proc/sysvipc", kind).read_text(encoding="ascii").splitlines()[1:]
        found |= {f"{kind} {' '.join(line.split()[:2])}" for line in lines}
    return found


def marker_places(submitted: Path) -> list[Path]:
    """Where a submission that got out writes its marker."""
    home = Path(os.path.expanduser("~"))
    places = [home, submitted, *map(Path, ("/var/tmp", "/dev/shm", "/tmp", "/root", "/run"))]
    return [place for place in dict.fromkeys(places) if place.is_dir()]


def markers(submitted: Path) -> list[str]:
    """All markers that lie in the marker places and anywhere below `submitted`'s parent."""
    found = {str(p) for place in marker_places(submitted) for p in place.glob("MARKER_*")}
    found |= {str(path) for path in submitted.parent.rglob("MARKER_*")}
    return sorted(found)


def clear_markers(submitted: Path) -> None:
    """Takes the markers away, so that the next batch starts clean."""
    for name in markers(submitted):
        path = Path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def start_files(names: Sequence[str]) -> list[str]:
    """Files of these names in the real home's own settings and in the Python environment."""
    home = Path(os.path.expanduser("~"))
    roots = [
        home / ".config",
        home / ".local",
        home / ".ipython",
        home / ".jupyter",
        Path(sys.prefix),
    ]
    wanted = set(names)
    found = [home / name for name in wanted if (home / name).exists()]
    for root in roots:
        for folder, _, files in os.walk(root):
            found += [Path(folder, name) for name in wanted & set(files)]
    return sorted(map(str, found))


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What each part of a run holds at one moment, in MB: Pss, so nothing counts twice."""

    at_s: float
    command: float
    workers: float
    fork_server: float
    kernels: float

    @property
    def total(self) -> float:
        return self.command + self.workers + self.fork_server + self.kernels


class MemoryWatch:
    """Looks at the memory of a run from its start to its end."""

    def __init__(self, machine: Machine, command: int) -> None:
        self.machine = machine
        self.command = command
        self.samples: list[Memory] = []
        self._started = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(5)

    def _watch(self) -> None:
        while not self._stop.wait(_PAUSE_S):
            with contextlib.suppress(psutil.Error):
                self.samples.append(self._now())

    def _now(self) -> Memory:
        command, servers = psutil.Process(self.command), self.machine.fork_servers()
        kernels = [child for server in servers for child in server.children(recursive=True)]
        return Memory(
            at_s=time.monotonic() - self._started,
            command=pss_mb(command.pid),
            workers=sum(pss_mb(child.pid) for child in command.children(recursive=True)),
            fork_server=sum(pss_mb(server.pid) for server in servers),
            kernels=sum(pss_mb(kernel.pid) for kernel in kernels),
        )


def pss_mb(pid: int) -> float:
    """A process's proportional share of memory, in MB; 0 where it has ended."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0

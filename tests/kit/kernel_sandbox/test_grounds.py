"""The sandbox on each ground it can stand on: as root (all other tests, where root runs them), as
an ordinary user, and where Linux refuses namespaces.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.errors import KernelUnavailable
from autograder.kernel.walls import probe
from autograder.kernel.walls.probe import Wall

from .conftest import OpenKernel, wait_until

HERE = Path(__file__).parent
UID = 61_734

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def home() -> Iterator[Path]:
    # Not tmp_path: that lies below a folder which pytest keeps from other users.
    path = Path(f"/var/tmp/autograder-test-{os.getpid()}")
    path.mkdir()
    os.chown(path, UID, UID)
    yield path
    subprocess.run(["rm", "-rf", str(path)], check=True)


def run_as_user(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    full = [sys.executable, str(HERE / "as_ordinary_user.py"), str(UID), str(home), *command]
    return subprocess.run(full, capture_output=True, text=True, check=False)


@as_root
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("file", ["test_walls.py", "test_limits.py", "test_honest_work.py"])
def test_an_ordinary_user_has_the_same_walls(home: Path, file: str) -> None:
    pytest_ = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / file)]

    done = run_as_user(home, *pytest_)

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


_WITHOUT_NAMESPACES = """
import sys, time; sys.path.insert(0, sys.argv[1])
from tests.kit.kernel_sandbox.conftest import OpenKernel, _entry_point
_entry_point.__wrapped__()
try:
    OpenKernel({"idle_s": 0.5})
    print("not refused")
except Exception as problem:
    print(type(problem).__name__, problem)
kernel = OpenKernel({"idle_s": 0.5, "allow_no_sandbox": True})
for code in sys.argv[2:]:
    said = kernel.run(code)
    print("said:", said.text.strip(), said.error)
kernel.close()
"""


@as_root
@pytest.mark.timeout(300)
def test_without_namespaces_it_refuses_or_does_what_it_can(home: Path) -> None:
    cells = [
        "print(1 + 1)",
        f"open({str(HERE / 'conftest.py')!r})",
        "open('/var/tmp/MARKER', 'w')",
        "import socket; socket.socket()",
        "import subprocess; p = subprocess.Popen(['setsid', 'sleep', '7201.5']); print('started')",
    ]
    hardened = [sys.executable, str(HERE / "in_hardened_container.py"), sys.executable]

    done = run_as_user(home, *hardened, "-c", _WITHOUT_NAMESPACES, str(HERE.parents[2]), *cells)

    refused, *said = done.stdout.splitlines()
    assert refused.startswith("KernelUnavailable No kernel could be started: this machine builds")
    assert "Allow unprivileged user namespaces" in refused
    assert said[0] == "said: 2 "
    assert [line.split()[1].rstrip(":") for line in said[1:4]] == ["PermissionError"] * 3
    assert said[4] == "said: started "
    assert "7201.5" not in subprocess.run(["ps", "axww"], capture_output=True, text=True).stdout


def test_the_probe_finds_what_the_kernels_stand_on(
    open_kernel: Callable[..., OpenKernel],
) -> None:
    walls = {wall.name: wall for wall in probe.walls()}

    probe.require()

    assert all(wall.ok for wall in walls.values() if wall.needed)
    assert open_kernel().value("1") == "1"


def test_a_missing_wall_is_named_with_its_mend() -> None:
    wall = Wall(name="namespaces", ok=False, needed=True, why="unshare: no", mend="Allow them.")

    with pytest.raises(KernelUnavailable, match=r"namespaces: unshare: no.*Allow them\."):
        probe.require([wall])


def test_a_fork_server_that_was_killed_is_replaced_and_its_kernels_end(
    open_kernel: Callable[..., OpenKernel],
) -> None:
    kernel = open_kernel()
    kernel.run("import subprocess as s; p = s.Popen(['sleep', '7202.5'])")
    assert "sleep 7202.5" in processes()
    server = find_server(kernel.provisioner.runtime_dir)

    os.kill(server, 9)

    assert kernel.end_reason() is None
    wait_until(lambda: "sleep 7202.5" not in processes())
    assert open_kernel().value("1") == "1"


def processes() -> str:
    return subprocess.run(["ps", "axwwo", "args"], capture_output=True, text=True).stdout


def find_server(folder: str) -> int:
    """The oldest process with this folder on its command line: kernels are its children."""
    table = subprocess.run(
        ["ps", "axwwo", "pid,args", "--sort=pid"], capture_output=True, text=True
    )
    lines = [line for line in table.stdout.splitlines() if f"--folder {folder} " in line]
    return int(lines[0].split()[0])

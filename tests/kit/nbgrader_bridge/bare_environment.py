"""A student's machine: a virtual environment with PyTorch, a Jupyter kernel, and no network.

Nothing is downloaded: the environment links to the wanted distributions of this Python, and to
what they require, and to nothing else.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

# What a student has before the first lesson. pip is part of every Python from python.org.
STUDENTS_OWN = (
    *("torch", "torchvision", "numpy", "matplotlib", "pandas", "scikit-learn", "tqdm"),
    *("ipykernel", "pip"),
)
# What pip fetches with the wheel where it is missing.
FETCHED = ("nbformat",)
CELL_S = 120
# In every Python of the environment, the process that downloads included. Torch's and Jupyter's
# own sockets, which lead to no network, still work.
NO_NETWORK = """\
import socket


def refuse(*args, **options):
    raise OSError(101, "Network is unreachable")


socket.getaddrinfo = socket.create_connection = refuse
socket.socket.connect = socket.socket.connect_ex = refuse
"""


def closure(names: Iterable[str]) -> dict[str, importlib.metadata.Distribution]:
    """The named distributions and all that they require here, by name."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting = [Requirement(name) for name in names]
    done: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in done:
            continue
        done.add(str(wanted))
        distribution = found.setdefault(canonicalize_name(wanted.name), newest(wanted.name))
        for text in distribution.requires or []:
            need = Requirement(text)
            extras = wanted.extras or {""}
            if need.marker is None or any(need.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(need)
    return found


def newest(name: str) -> importlib.metadata.Distribution:
    """Of several copies on the path, the newest: the others may be too old for what needs it."""
    copies = importlib.metadata.distributions(name=name)
    return max(copies, key=lambda copy: Version(copy.version))


@dataclass(frozen=True)
class Bare:
    """The environment, in a folder of its own."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def packages(self) -> Path:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.folder / "lib" / version / "site-packages"

    @property
    def env(self) -> dict[str, str]:
        """The environment variables of somebody who has set none that matters here."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        home = str(self.folder / "home")
        return {**kept, "HOME": home, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}

    def run(self, *arguments: str) -> str:
        """What this environment's Python prints for these arguments; it must end well."""
        done = subprocess.run(
            [str(self.python), *arguments],
            cwd=self.folder / "home",
            env=self.env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, wheel: Path) -> None:
        """pip's own install: it also looks whether all that the wheel requires is there."""
        self.run("-m", "pip", "install", "--quiet", "--no-index", str(wheel))

    @contextmanager
    def sitting(self, folder: Path) -> Iterator[Sitting]:
        """A kernel of this environment, open in a student's folder."""
        specs = self.folder / "kernels"
        spec = {
            "argv": [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "a student's Python",
            "language": "python",
        }
        (specs / "bare").mkdir(parents=True, exist_ok=True)
        (specs / "bare" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        manager = AsyncKernelManager(
            kernel_name="bare",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(specs)]),
            transport="ipc",
            # By itself a name relative to the working folder, which is the kernel's another.
            ip=str(self.folder / "ipc"),
        )
        client = NotebookClient(
            new_notebook(),
            km=manager,
            timeout=CELL_S,
            allow_errors=True,
            resources={"metadata": {"path": str(folder)}},
        )
        with client.setup_kernel(env=self.env):
            yield Sitting(client)


@dataclass(frozen=True)
class Sitting:
    """A student's session: cells are run one after the other, errors are only noted."""

    client: NotebookClient

    def run(self, cell: NotebookNode) -> NotebookNode:
        """The cell with its outputs."""
        self.client.nb.cells.append(cell)
        return self.client.execute_cell(cell, len(self.client.nb.cells) - 1)


def make_bare(folder: Path) -> Bare:
    """The environment, without the wheel. Takes some tenths of a second."""
    venv.create(folder, symlinks=True, with_pip=False)
    bare = Bare(folder)
    (folder / "home").mkdir()
    for distribution in closure((*STUDENTS_OWN, *FETCHED)).values():
        for name in {file.parts[0] for file in distribution.files or []}:
            link = bare.packages / name
            if name not in ("..", "__pycache__") and not link.is_symlink():
                link.symlink_to(Path(str(distribution.locate_file(name))))
    # Not in sitecustomize.py: Debian's Python has one of its own, which is found first.
    (bare.packages / "no_network.py").write_text(NO_NETWORK, encoding="utf-8")
    (bare.packages / "no_network.pth").write_text("import no_network\n", encoding="utf-8")
    return bare


def printed(cell: NotebookNode) -> str:
    """What a cell has put out as text, its error's lines included."""
    texts = []
    for output in cell.outputs:
        if output.output_type == "error":
            texts += output.traceback
        elif output.output_type == "stream":
            texts.append(output.text)
    return "\n".join(texts)


def failures(cells: Iterable[NotebookNode]) -> list[str]:
    """The first line of each cell that ended in an error, and what it said."""
    return [
        f"{cell.source.splitlines()[0]}: {printed(cell)}"
        for cell in cells
        if any(output.output_type == "error" for output in cell.outputs)
    ]

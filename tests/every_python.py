"""`make pythons`: tries what README claims with every Python of this machine.

With each of them pip has to find all versions of constraints.txt (`pip install --dry-run`); with
the oldest and the newest, `make demo` and `make test` have to pass, in an environment of its own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (3, 11)
_ABOUT = (
    "import sys; print(*sys.version_info[:3], sys.version_info[3] == 'final', "
    "sys.prefix == sys.base_prefix)"
)

Version = tuple[int, ...]


def folders() -> Iterator[Path]:
    """Where Pythons are: on the PATH, in Debian's place behind it, and those of pyenv."""
    yield from map(Path, os.get_exec_path())
    yield Path("/usr/bin")
    yield from sorted(Path("~/.pyenv/versions").expanduser().glob("*/bin"))


def pythons() -> dict[Version, Path]:
    """One Python for each released version from the oldest on, no virtual environments."""
    found: dict[Version, Path] = {}
    for folder in folders():
        for path in sorted(folder.glob("python3*")):
            if re.fullmatch(r"python3(\.\d+)?", path.name) and (version := version_of(path)):
                found.setdefault(version, path)
    return dict(sorted(found.items()))


def version_of(python: Path) -> Version | None:
    done = subprocess.run([python, "-c", _ABOUT], capture_output=True, text=True, check=False)
    *version, final, own = done.stdout.split() or ["0", "", ""]
    numbers = tuple(map(int, version))
    return numbers if numbers >= OLDEST and (final, own) == ("True", "True") else None


def can_install(python: Path) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([python, "-m", "venv", folder], check=False)
        pip = [f"{folder}/bin/python", "-m", "pip", "install", "--quiet"]
        wanted = ["--constraint", "constraints.txt", "--editable", ".[dev]"]
        return made.returncode == 0 and all(
            subprocess.run([*pip, *arguments], cwd=ROOT, check=False).returncode == 0
            for arguments in (["--upgrade", "pip"], ["--dry-run", *wanted])
        )


def passes(python: Path, version: Version) -> bool:
    venv = f"build/python-{'.'.join(map(str, version))}"
    command = ["make", f"PYTHON={python}", f"VENV={venv}", "demo", "test"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def main() -> None:
    found = pythons()
    if not found:
        sys.exit("No Python 3.11 or newer was found on the PATH, in /usr/bin or of pyenv.")
    failed = []
    for version, python in found.items():
        name = f"Python {'.'.join(map(str, version))} ({python})"
        tried = "install"
        ok = can_install(python)
        if ok and version in (min(found), max(found)):
            tried = "install, demo and test"
            ok = passes(python, version)
        print(f"{name}: {tried}: {'passed' if ok else 'FAILED'}", flush=True)
        failed += [] if ok else [name]
    sys.exit(f"Failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()

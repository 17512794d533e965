"""Whether the packages that answers may use are installed, and can be imported in the sandbox."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.course.course import Course
from autograder.course.packed import plan_without_digits
from autograder.errors import KernelUnavailable
from autograder.kernel.session import CellRun, CellStatus, Kernel

_IMPORT_S = 120.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """A package by the name that pip knows: its version, and why answers cannot use it."""

    name: str
    version: str = ""
    why_not: str = ""


def packages(course: Course, names: Sequence[str]) -> Iterator[Package]:
    """Each package: installed in this Python, and imported by a kernel as students' code has it.

    Raises KernelUnavailable where this machine starts no kernel.
    """
    modules = _modules()
    with Kernel(plan_without_digits(course)) as kernel:
        for name in names:
            try:
                version = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                yield Package(name=name, why_not="not installed")
                continue
            found = modules.get(_normal(name), [])
            ran = kernel.run_cell("\n".join(f"import {module}" for module in found), _IMPORT_S)
            yield Package(name=name, version=version, why_not=_why_not(ran))
            if not kernel.alive:
                raise KernelUnavailable(f"it ended while it imported {name}")


def _modules() -> dict[str, list[str]]:
    """What is imported of each installed package: its namesake, or else all that it brings."""
    brings: dict[str, list[str]] = {}
    for module, owners in importlib.metadata.packages_distributions().items():
        for owner in owners:
            if module.isidentifier() and not module.startswith("_"):
                brings.setdefault(_normal(owner), []).append(module)
    return {
        name: [module for module in found if _normal(module) == name] or found
        for name, found in brings.items()
    }


def _normal(name: str) -> str:
    """A name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _why_not(ran: CellRun) -> str:
    if ran.status is CellStatus.OK:
        return ""
    for output in ran.outputs:
        if output.output_type == "error":
            return f"importing it raised {output.ename}: {output.evalue}"
    return "importing it took too long" if ran.status is CellStatus.TIMEOUT else "the kernel ended"

"""Runs in: the kernel, beside the student's code. Holds no secret.

torch's compiler, which the first optimizer of a process imports (torch/_compile.py), puts torch's
own functions into tables. Where that happens while the accelerator is present, it must find them
as they are.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_COMPILER = "torch._dynamo"


@contextlib.contextmanager
def imported_with(own: Callable[[], contextlib.AbstractContextManager[None]]) -> Iterator[None]:
    """Within it the compiler, if it is imported, is so within `own()`."""
    if _COMPILER in sys.modules:
        yield
        return
    finder = _Finder(own)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    def __init__(self, own: Callable[[], contextlib.AbstractContextManager[None]]) -> None:
        self.own = own

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Called by Python's import."""
        spec = PathFinder.find_spec(name, path, target) if name == _COMPILER else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Within(spec.loader, self.own)
        return spec


class _Within(Loader):
    """Loads a module within something, and leaves no trace in it."""

    def __init__(
        self, loader: Any, own: Callable[[], contextlib.AbstractContextManager[None]]
    ) -> None:
        self.loader = loader
        self.own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Called by Python's import."""
        made: ModuleType | None = self.loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        """Called by Python's import."""
        module.__loader__ = self.loader
        if module.__spec__ is not None:
            module.__spec__.loader = self.loader
        with self.own():
            self.loader.exec_module(module)

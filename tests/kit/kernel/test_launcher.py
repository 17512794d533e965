"""Which fork server a judge finds: never one that runs code from before a change."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from autograder.kernel import launcher

PACKAGE = Path(launcher.__file__).parents[1]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which the launcher takes for its own."""
    copy = tmp_path / "autograder"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(launcher, "_PACKAGE", copy)
    return copy


@pytest.mark.parametrize(
    "changed",
    [
        "wire.py",
        "in_sandbox/agent.py",
        "kernel/launcher.py",
        "kernel/fork_server/birth.py",
        "kernel/walls/seccomp.py",
    ],
)
def test_a_server_from_before_a_change_is_not_found(package: Path, changed: str) -> None:
    before = launcher.folder()

    os.utime(package / changed, (2**32, 2**32))

    assert launcher.folder() != before

"""Real kernels in real sandboxes, through jupyter_client as anybody would use it.

AUTOGRADER_TEST_SANDBOX=off (for people, never set by a script) runs the same tests on ordinary
kernels: the tests of walls then fail, which shows that they can. Use a throwaway machine for that.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

import autograder

SANDBOX = os.environ.get("AUTOGRADER_TEST_SANDBOX", "on") != "off"
PACKAGE = Path(autograder.__file__).resolve().parent
_NAME = "autograder-sandbox"
LIMITS = {"memory_mb": 4096, "cpu_s": None, "processes": 64, "threads": 512, "scratch_mb": 512}


@dataclass
class Said:
    """What a cell printed and displayed, its error if it raised one, and how long it took."""

    text: str = ""
    error: str = ""
    mimes: set[str] = field(default_factory=set)
    wall_s: float = 0.0


class _Specs(KernelSpecManager):
    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        self.settings = settings

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        metadata: dict[str, Any] = {}
        if SANDBOX:
            metadata["kernel_provisioner"] = {
                "provisioner_name": _NAME,
                "config": {**self.settings, "limits": LIMITS | self.settings.get("limits", {})},
            }
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="x", language="python", metadata=metadata)


class OpenKernel:
    """A kernel to try things on."""

    def __init__(self, settings: dict[str, Any]) -> None:
        started = time.monotonic()
        self.manager = KernelManager(kernel_name="x", kernel_spec_manager=_Specs(settings))
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels(hb=False, stdin=False)
        self.client.wait_for_ready(timeout=60)
        self.start_s = time.monotonic() - started

    @property
    def provisioner(self) -> Any:
        return self.manager.provisioner

    def run(self, code: str, wall_s: float = 60.0) -> Said:
        """Runs a cell and tells what it said; raises where the kernel ends."""
        said = Said()

        def heard(message: dict[str, Any]) -> None:
            content = message["content"]
            said.text += content.get("text", "")
            said.mimes |= set(content.get("data", ()))
            said.text += str(content.get("data", {}).get("text/plain", ""))
            if message["msg_type"] == "error":
                said.error = f"{content['ename']}: {content['evalue']}"

        started = time.monotonic()
        self.client.execute_interactive(code, timeout=wall_s, output_hook=heard, allow_stdin=False)
        said.wall_s = time.monotonic() - started
        return said

    def value(self, expression: str) -> str:
        said = self.run(f"print(({expression}), end='')")
        assert said.error == ""
        return said.text

    def start_cell(self, code: str) -> None:
        self.client.execute(code, allow_stdin=False, stop_on_error=False)

    def end_reason(self, wall_s: float = 30.0) -> str | None:
        """Waits until the kernel has ended; the limit that it hit."""
        wait_until(lambda: not self.manager.is_alive(), wall_s)
        return self.provisioner.ended_because

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def wait_until(condition: Callable[[], bool], wall_s: float = 20.0) -> None:
    deadline = time.monotonic() + wall_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.01)


@pytest.fixture(scope="session", autouse=True)
def _entry_point() -> None:
    """Stands in for the entry point of an installed package."""
    factory = KernelProvisionerFactory.instance()
    value = "autograder.kernel.provisioner:SandboxProvisioner"
    factory.provisioners[_NAME] = EntryPoint(_NAME, value, factory.GROUP_NAME)


@pytest.fixture(scope="session")
def server_folder() -> Iterator[str]:
    """A fork server of the tests' own."""
    with tempfile.TemporaryDirectory(prefix="ags-", ignore_cleanup_errors=True) as folder:
        yield folder


@pytest.fixture
def open_kernel(server_folder: str) -> Iterator[Callable[..., OpenKernel]]:
    opened: list[OpenKernel] = []

    def open_(**settings: Any) -> OpenKernel:
        settings.setdefault("runtime_dir", server_folder)
        settings.setdefault("idle_s", 5.0)
        opened.append(OpenKernel(settings))
        return opened[-1]

    yield open_
    for kernel in opened:
        kernel.close()


@pytest.fixture
def kernel(open_kernel: Callable[..., OpenKernel]) -> OpenKernel:
    return open_kernel()

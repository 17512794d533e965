"""Formgrader in a real Jupyter server, and what its pages and its buttons ask of it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env

TOKEN = "a-token-7f3a"
START_S = 60
OURS_ONLY = {
    "nbgrader.server_extensions.formgrader": True,
    "nbgrader.server_extensions.validate_assignment": False,
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
    "jupyterlab": False,
    "jupyter_lsp": False,
    "jupyter_server_terminals": False,
    "notebook": False,
    "notebook_shim": False,
}


@dataclass(frozen=True)
class Server:
    """A Jupyter server that was started in the folder of a course."""

    mini: Mini
    url: str

    def ask(
        self, path: str, method: str = "GET", data: object = None, *, token: str = TOKEN
    ) -> str:
        """The answer's text; `data` is sent as JSON. Raises urllib.error.HTTPError."""
        headers = {"Authorization": f"token {token}"} if token else {}
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(
            f"{self.url}/formgrader/{path}", method=method, headers=headers, data=body
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(answer.read().decode("utf-8"))

    def api(self, path: str, method: str = "GET") -> Any:
        return json.loads(self.ask(f"api/{path}", method))

    def page_of(self, student: str) -> BeautifulSoup:
        """Formgrader's page of a student's notebook."""
        listed = self.api(f"submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}")
        (number,) = [entry["id"] for entry in listed if entry["student"] == student]
        return BeautifulSoup(self.ask(f"submissions/{number}/"), "html.parser")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _start(mini: Mini, home: Path, port: int) -> subprocess.Popen[bytes]:
    extensions = [f"--ServerApp.jpserver_extensions={k}={v}" for k, v in OURS_ONLY.items()]
    places = {f"JUPYTER_{name}_DIR": str(home) for name in ("CONFIG", "DATA", "RUNTIME")}
    env = {**clean_env(), "HOME": str(home), **places}
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", *extensions]
    command += [f"--IdentityProvider.token={TOKEN}"]
    command += ["--allow-root"] if os.geteuid() == 0 else []
    with (home / "server.log").open("wb") as log:
        return subprocess.Popen(command, cwd=mini.root, env=env, stdout=log, stderr=log)


@contextlib.contextmanager
def formgrader(mini: Mini, home: Path) -> Iterator[Server]:
    """A server in the folder of a course, up as long as the block runs."""
    started = Server(mini, f"http://127.0.0.1:{(port := _free_port())}")
    process = _start(mini, home, port)
    try:
        deadline = time.monotonic() + START_S
        while True:
            try:
                started.api("assignments")
                break
            except OSError:
                log = (home / "server.log").read_text()
                assert process.poll() is None, log
                assert time.monotonic() < deadline, log
                time.sleep(0.1)
        yield started
    finally:
        process.terminate()
        process.wait(timeout=30)

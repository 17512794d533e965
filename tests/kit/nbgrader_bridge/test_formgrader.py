"""Formgrader in a real Jupyter server: what a TA sees, and the button that grades."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env
from tests.kit.nbgrader_bridge.sample_class import EVIL, ClassRun

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

    def ask(self, path: str, method: str = "GET", token: str = TOKEN) -> str:
        """The answer's text; raises urllib.error.HTTPError."""
        headers = {"Authorization": f"token {token}"} if token else {}
        request = urllib.request.Request(
            f"{self.url}/formgrader/{path}", method=method, headers=headers
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


@pytest.fixture(scope="module")
def server(class_run: ClassRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("formgrader")
    mini = class_run.ours.copy_to(folder / "course")
    mini.hand_in("ben", mini.answered(total="def total(m):\n    return 0.0"))
    started = Server(mini, f"http://127.0.0.1:{(port := _free_port())}")
    process = _start(mini, folder, port)
    try:
        deadline = time.monotonic() + START_S
        while True:
            try:
                started.api("assignments")
                break
            except OSError:
                log = (folder / "server.log").read_text()
                assert process.poll() is None, log
                assert time.monotonic() < deadline, log
                time.sleep(0.1)
        yield started
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_a_page_shows_our_report(server: Server) -> None:
    page = server.page_of("mallory")

    blocks = [b.find("strong").text for b in page.find_all("div", class_="autograder-report")]

    assert "total: 0 of 2 points" in blocks
    assert "transpose: 3 of 3 points" in blocks


def test_nothing_of_a_students_runs_in_a_page(server: Server) -> None:
    page = server.page_of("mallory")
    scripts = [tag.text for tag in page.find_all(["script", "style"])]
    attributes = [
        f"{tag.name} {name}={value}"
        for tag in page.find_all(True)
        for name, value in tag.attrs.items()
        if not (tag.name == "a" and str(value).startswith("http"))
    ]

    assert "Mine." in page.text
    assert [text[:200] for text in scripts if "owned" in text or EVIL in text] == []
    assert [text for text in attributes if "owned" in text or EVIL in text] == []
    assert page.find_all(["iframe", "svg", "object", "embed", "math"]) == []


def test_the_button_grades_as_we_do(server: Server) -> None:
    assert server.mini.scores("ben")["transpose"] == 0.0

    result = server.api(f"submission/{ASSIGNMENT}/ben/autograde", "POST")

    assert result["success"] is True, result
    assert server.mini.scores("ben")["transpose"] == 3.0
    assert server.mini.scores("ben")["total"] == 0.0
    page = server.page_of("ben")
    assert "transpose: 3 of 3 points" in page.text


def test_the_button_answers_nobody_without_the_token(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.ask(f"api/submission/{ASSIGNMENT}/ben/autograde", "POST", token="")

    assert refused.value.code == 403

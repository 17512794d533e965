"""torchvision's download ends in time, tries its mirrors, and says what it tried."""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.mnist import fetch
from autograder.mnist.download import download_by_torchvision
from autograder.mnist.layout import FILE_NAMES, raw_folder, read_set

SILENT = "print('fetch: trying http://x/', flush=True); import threading; threading.Event().wait()"
CHATTERING = "while True: print('still 12%', flush=True)"
DYING = "raise SystemExit(3)"

# fetch.py as it is, with the checksums of the test's own files in the place of torchvision's.
WITH_CHECKSUMS = """
import importlib.util, sys
from torchvision.datasets import MNIST
MNIST.resources = {resources!r}
spec = importlib.util.spec_from_file_location("fetch", {path!r})
fetch = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fetch)
sys.exit(fetch.main(sys.argv[1], sys.argv[2:]))
"""


@contextmanager
def _serving(files: dict[str, bytes]) -> Iterator[str]:
    """Serves the files under their paths, 404 elsewhere."""

    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _refusing() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_mirrors_are_tried_until_one_gives_all(small_root: Path, tmp_path: Path) -> None:
    packed = {
        f"{name}.gz": gzip.compress((raw_folder(small_root) / name).read_bytes())
        for name in FILE_NAMES
    }
    sums = [(name, hashlib.md5(content).hexdigest()) for name, content in packed.items()]
    program = WITH_CHECKSUMS.format(resources=sums, path=fetch.__file__)
    said: list[str] = []
    folder = tmp_path / "new"
    folder.mkdir()

    with _serving(
        {f"/wrong/{name}": b"no digits" for name in packed}
        | {f"/good/{name}": content for name, content in packed.items()}
    ) as server:
        mirrors = [_refusing(), *(f"{server}/{place}/" for place in ("gone", "wrong", "good"))]
        download_by_torchvision(
            folder, said.append, program=[sys.executable, "-c", program], mirrors=mirrors
        )

    assert said == [
        f"MNIST by torchvision: trying {mirrors[0]}.",
        f"MNIST by torchvision: {mirrors[0]} gave nothing ([Errno 111] Connection refused).",
        f"MNIST by torchvision: trying {mirrors[1]}.",
        f"MNIST by torchvision: {mirrors[1]} gave nothing (HTTP Error 404: Not Found).",
        f"MNIST by torchvision: trying {mirrors[2]}.",
        f"MNIST by torchvision: {mirrors[2]} gave nothing (File not found or corrupted).",
        f"MNIST by torchvision: trying {mirrors[3]}.",
    ]
    assert len(read_set(raw_folder(folder)).train) == 12


@pytest.mark.parametrize(
    ("program", "stall_s", "limit_s", "sentence"),
    [
        pytest.param(
            SILENT, 0.5, 60, "trying http://x/: nothing came for 0.5 s", id="a silent server"
        ),
        pytest.param(CHATTERING, 60, 0.5, "starting: not done in time", id="a slow server"),
        pytest.param(DYING, 60, 60, "it ended without a word", id="a crash"),
    ],
)
def test_a_download_that_comes_to_nothing_is_ended_and_named(
    tmp_path: Path, program: str, stall_s: float, limit_s: float, sentence: str
) -> None:
    threads = threading.active_count()
    command = [sys.executable, "-c", program]

    with pytest.raises(KitError) as problem:
        download_by_torchvision(
            tmp_path, lambda _: None, program=command, stall_s=stall_s, limit_s=limit_s
        )

    assert problem.value.fact == f"torchvision's download ({sentence})."
    assert threading.active_count() == threads


def test_the_refusals_of_all_mirrors_are_in_the_error(tmp_path: Path) -> None:
    program = (
        "for mirror in 'ab': print(f'fetch: trying {mirror}\\nfetch: {mirror} gave nothing')\n"
        "raise SystemExit(1)"
    )

    with pytest.raises(KitError) as problem:
        download_by_torchvision(tmp_path, lambda _: None, program=[sys.executable, "-c", program])

    assert problem.value.fact == "torchvision's download (a gave nothing; b gave nothing)."


def test_an_interrupted_download_takes_its_process_along(tmp_path: Path) -> None:
    """`say` is where Ctrl-C may strike; the process would otherwise go on writing."""
    program = f"import os; open('pid', 'w').write(str(os.getpid())); {SILENT}"

    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download_by_torchvision(tmp_path, interrupted, program=[sys.executable, "-c", program])

    assert not Path("/proc", (tmp_path / "pid").read_text()).exists()

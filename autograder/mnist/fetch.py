"""Runs in: a process of its own that may be ended at any moment. Downloads MNIST by torchvision.

Started by `download.py` as `python fetch.py FOLDER [MIRROR...]`. A line `fetch: ...` is meant
for people; all else that it prints (torchvision's progress) is a sign of life. Imports nothing
of the kit, so that it needs no path to it.
"""

from __future__ import annotations

import socket
import sys

MARK = "fetch: "
SILENCE_S = 15


def main(folder: str, mirrors: list[str]) -> int:
    socket.setdefaulttimeout(SILENCE_S)
    try:
        from torchvision.datasets import MNIST
    except ImportError as problem:
        _tell(f"torchvision cannot be imported ({problem})")
        return 1
    return 0 if any(_fetch(MNIST, folder, mirror) for mirror in mirrors or MNIST.mirrors) else 1


def _fetch(mnist: type, folder: str, mirror: str) -> bool:
    """One mirror at a time: torchvision goes on to the next for some errors only.

    The subclass has MNIST's name since torchvision names the folder after the class.
    """
    _tell(f"trying {mirror}")
    try:
        type("MNIST", (mnist,), {"mirrors": [mirror]})(folder, download=True)
    except Exception as problem:  # noqa: BLE001 - whatever it was, the next mirror is worth a try
        lines = str(problem).split("\n")
        reason = next((line for line in reversed(lines) if line.strip()), type(problem).__name__)
        reason = reason.strip().strip("<>.").removeprefix("urlopen error ")
        _tell(f"{mirror} gave nothing ({reason})")
        return False
    return True


def _tell(sentence: str) -> None:
    # The leading newline ends a progress bar's line.
    print(f"\n{MARK}{sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

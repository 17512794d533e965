"""Runs in: the kernel, beside the student's code. Holds no secret.

`python -P -m autograder.in_sandbox -f FILE` is an ordinary IPython kernel with the agent in it:
the way to a kernel where no fork server is wanted.
"""

from __future__ import annotations

from ipykernel.kernelapp import IPKernelApp

from autograder.in_sandbox import agent


def main() -> None:
    app = IPKernelApp.instance()
    app.initialize()
    agent.install(app)
    app.start()


if __name__ == "__main__":
    main()

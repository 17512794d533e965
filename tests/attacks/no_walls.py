"""`python -m tests.attacks.no_walls …`: a fork server whose kernels have no walls around them.

Student code runs with the rights of whoever starts it. For people, on a throwaway machine: it shows
that the suite can fail.
"""

from __future__ import annotations

from autograder.kernel.fork_server import __main__ as server
from autograder.kernel.walls import namespaces, sandbox
from autograder.kernel.walls.namespaces import Ground, Level


def main() -> None:
    namespaces.settle = lambda samples: Ground(level=Level.NONE)
    sandbox.enter = lambda plan, level, uid, stage: []
    server.main()


if __name__ == "__main__":
    main()

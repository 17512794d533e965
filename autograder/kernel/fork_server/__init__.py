"""Runs in: the fork server, and the kernel before the student's code. Holds no secret.

`python -m autograder.kernel.fork_server` is the server; in each child that it forks, `birth` makes
a kernel of it. `messages` is how the judge and the server talk. Everything here may be seen by the
student's code.
"""

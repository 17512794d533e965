"""Runs in: the kernel, before the student's code; `supervisor` in the fork server, `probe` in the
judge. Holds no secret.

The walls of the sandbox. `sandbox` puts a process inside, with what `namespaces`, `mounts`,
`limits`, `landlock` and `seccomp` each contribute; `supervisor` keeps from outside the limits that
Linux does not; `probe` tells which walls this machine can build. Everything here may be seen by
the student's code.
"""

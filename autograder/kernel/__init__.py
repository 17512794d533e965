"""A sandboxed Jupyter kernel, forked from a warm process: fork server, sandbox, limits,
provisioner, channel.

Knows nothing of grading.

Theory of operation. Three processes take part. The *judge* (the process that grades) holds every
secret: checks, reference, expected values, scores. The *fork server* has torch imported and holds
none; it forks kernels. The *kernel* runs the student's code and holds none. Three channels lead to
a kernel, all Jupyter's own over ipc sockets: the shell channel carries cells, the iopub channel
their outputs, the stdin channel the judge's requests and the agent's replies while checks run.
The file descriptors 0 to 2 carry no protocol. Between the judge and the fork server runs a line of
its own, one for each kernel, that asks for the kernel, signals it and is told when it has ended.

The judge ends the kernel: when it is done, when it takes too long, when a message breaks the rules.
The fork server ends it when the supervisor, which counts what its processes use, finds a limit
passed, and when the line to its judge closes. The kernel ends nobody.

The modules of this folder run in the judge. `fork_server` and `walls` hold what runs in the fork
server and in the kernel before the student's code, and nothing else of this room gets there.
"""

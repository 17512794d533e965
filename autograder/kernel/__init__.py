"""A sandboxed Jupyter kernel, forked from a warm process: fork server, sandbox, limits,
provisioner, channel.

Knows nothing of grading.

Theory of operation. Three processes take part. The *judge* (the process that grades) holds every
secret: checks, reference, expected values, scores. The *fork server* has torch imported and holds
none; it forks kernels. The *kernel* runs the student's code and holds none. Three channels lead to
a kernel, all Jupyter's own over ipc sockets: the shell channel carries cells, the iopub channel
their outputs, the stdin channel the judge's requests and the agent's replies while checks run.
The file descriptors 0 to 2 carry no protocol. The judge ends the kernel: when it is done, when a
limit is hit, when a message breaks the rules; the kernel ends nobody.
"""

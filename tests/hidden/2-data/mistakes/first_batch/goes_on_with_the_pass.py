"""The iterator of each loader is kept: the second call gives the second batch of the old pass.

fails: test_each_call_begins_a_new_pass
hint: Call your function twice with the same loader. Which batch comes the second time?
"""


def first_batch(loader, begun={}):
    if id(loader) not in begun:
        begun[id(loader)] = (loader, iter(loader))
    return next(begun[id(loader)][1])

"""The first batch of each loader is kept and given again: the second call begins no pass.

fails: test_each_call_begins_a_new_pass
hint: Call your function twice with a loader that shuffles. Should the same batch come?
"""


def first_batch(loader, batches={}):
    if id(loader) not in batches:
        batches[id(loader)] = (loader, *next(iter(loader)))
    return batches[id(loader)][1:]

"""Counts, and returns at 0."""


def first_batch(loader):
    for number, (X, y) in enumerate(loader):
        if number == 0:
            return [X, y]

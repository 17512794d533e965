"""What a file with code in it leaves behind where that code has run."""

import builtins


def has_run(name: str) -> bool:
    """Whether the trap has left its mark. It is taken away: the next answer starts without."""
    return vars(builtins).pop(name, None) is not None

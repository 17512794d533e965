"""A quick start: what our own processes leave out of others' imports.

Knows nothing of all others. Only for processes of ours that show no Jupyter page: a Jupyter server
that loads the kit's settings imports everything as it was meant.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Final

_SERVER_EXTENSIONS: Final = (
    "assignment_list",
    "course_list",
    "formgrader",
    "validate_assignment",
)


def leave_out_what_no_notebook_needs() -> None:
    """Called before nbformat is imported.

    jsonschema takes in `rfc3987_syntax` and `isoduration`, where they are installed, to know an IRI
    and a duration: no notebook has one, and the first builds 38 grammars at import, 2 seconds.
    """
    for name in ("rfc3987_syntax", "isoduration"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def leave_out_what_no_command_needs() -> None:
    """Called before nbformat and nbgrader are imported.

    nbgrader's own package imports its pages for Jupyter (nbgrader/__init__.py of 0.9.5), and with
    them Jupyter's server: 1.4 s more. It imports setuptools, 0.1 s, for `zip_collect` alone.
    """
    leave_out_what_no_notebook_needs()
    for name in _SERVER_EXTENSIONS:
        extension = ModuleType(f"nbgrader.server_extensions.{name}")
        extension.__dict__["load_jupyter_server_extension"] = None
        sys.modules.setdefault(extension.__name__, extension)
    archives = ModuleType("setuptools.archive_util")
    archives.__dict__.update(unpack_archive=None, unpack_tarfile=None, unpack_zipfile=None)
    sys.modules.setdefault(archives.__name__, archives)

"""How nbgrader's Autograde reads what students handed in: `c.Autograde.exporter_class`.

Stock nbgrader gives up on a file that is no notebook, and keeps the points of an earlier one.
Here it is read by `intake` and graded: as empty, with the reason, where it cannot be read.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from traitlets import default

from autograder.nbgrader_bridge.exchange import CarefulDirectory
from autograder.nbgrader_bridge.intake import receive
from autograder.nbgrader_bridge.keeping import keep_earlier


class IntakeExporter(NotebookExporter):
    """Reads submissions through `intake`; everything else as nbconvert's NotebookExporter."""

    def __init__(self, **kwargs: Any) -> None:
        """Called by nbgrader when it knows what it is to grade, and has not touched any of it."""
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        converter: Any = self.parent
        # Our own run grades in a folder aside, where nothing is to be lost.
        if not getattr(converter, "is_aside", False):
            keep_earlier(converter)
        if hasattr(converter, "coursedir"):
            converter.coursedir = CarefulDirectory.of(converter)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Called by nbgrader for the submitted notebook first, then for the sanitized one."""
        converter: Any = self.parent
        if not getattr(converter, "_sanitizing", False):
            return super().from_filename(filename, resources, **kwargs)
        directory = converter.coursedir
        handed_in = receive(Path(filename), Path(directory.root) / directory.submitted_directory)
        resources = dict(resources or {})
        resources["autograder_note"] = getattr(converter, "note", "") or handed_in.note
        return self.from_notebook_node(handed_in.notebook, resources, **kwargs)

    @default("optimistic_validation")
    def _validate_once(self) -> bool:
        """After the last step, not after each: the steps are ours and nbgrader's."""
        return True

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Called by nbconvert. The sanitized notebook is for the second pass alone, so it is
        written without nbformat's indenting, which takes ten times as long.
        """
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_notebook_node(nb, resources, **kwargs)  # type: ignore[no-untyped-call]
        exporter: Any = super(NotebookExporter, self)  # past its writing; untyped
        sanitized, resources = exporter.from_notebook_node(nb, resources, **kwargs)
        assert resources is not None, "nbconvert makes them where there are none"
        resources["output_suffix"] = ".nbconvert"
        return json.dumps(sanitized), resources

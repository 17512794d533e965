"""How nbgrader's Autograde reads what students handed in: `c.Autograde.exporter_class`.

Stock nbgrader gives up on a file that is no notebook, and keeps the points of an earlier one.
Here it is read by `intake` and graded: as empty, with the reason, where it cannot be read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter

from autograder.nbgrader_bridge.intake import receive


class IntakeExporter(NotebookExporter):
    """Reads submissions through `intake`; everything else as nbconvert's NotebookExporter."""

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

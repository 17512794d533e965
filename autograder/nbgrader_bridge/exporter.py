"""How nbgrader's Autograde meets what students handed in: `c.Autograde.exporter_class`.

Stock nbgrader gives up on a file that is no notebook, and keeps the points of an earlier one.
Here it is marked: as empty, with the reason, where it cannot be read.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_notebook
from traitlets import default

from autograder.nbgrader_bridge.exchange import CarefulDirectory
from autograder.nbgrader_bridge.keeping import keep_earlier


class IntakeExporter(NotebookExporter):
    """Leaves submissions to the step that marks them; all else as nbconvert's NotebookExporter."""

    def __init__(self, **kwargs: Any) -> None:
        """Called by nbgrader when it knows what it is to grade, and has not touched any of it."""
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        converter: Any = self.parent
        keep_earlier(converter)
        if hasattr(converter, "coursedir"):
            converter.coursedir = CarefulDirectory.of(converter)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Called by nbgrader for the submitted notebook first, then for the sanitized one.

        The first is left for the step that marks it: nbgrader's own reading stops at what is no
        notebook.
        """
        converter: Any = self.parent
        if not getattr(converter, "_sanitizing", False):
            return super().from_filename(filename, resources, **kwargs)
        return self.from_notebook_node(new_notebook(), dict(resources or {}), **kwargs)

    @default("optimistic_validation")
    def _validate_once(self) -> bool:
        """After the last step, not after each: the steps are ours and nbgrader's."""
        return True

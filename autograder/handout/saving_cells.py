"""The step in the place of nbgrader's SaveCells, which writes a release into the gradebook.

nbgrader commits after each cell; here a notebook is written whole or not at all.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveCells


class SaveCellsAtOnce(SaveCells):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's SaveCells in one transaction."""

    asks_only = False

    def _create_notebook(self, nb: NotebookNode) -> None:
        """Called by nbgrader's SaveCells, which has collected what is to be written."""
        session = self.gradebook.db
        commit, session.commit = session.commit, session.flush
        try:
            super()._create_notebook(nb)
        except BaseException:
            session.rollback()
            raise
        finally:
            session.commit = commit
        if self.asks_only:
            session.rollback()
        else:
            session.commit()


class AskGradebook(SaveCellsAtOnce):
    """Raises what SaveCells would raise, and writes nothing."""

    asks_only = True

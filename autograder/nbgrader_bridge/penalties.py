"""The step for late penalties, in the place of nbgrader's AssignLatePenalties."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import SubmittedNotebook
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Any as AnyTrait

from autograder.errors import SettingsProblem
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.late_policy import PLUGIN_HELP, policy_of, renew


class LatePenalties(AssignLatePenalties):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's step for one notebook; its settings are `c.AssignLatePenalties`."""

    plugin_class = AnyTrait(LateSubmissionPlugin, help=PLUGIN_HELP).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Called by nbconvert. A policy that cannot be used costs no submission its grade."""
        where = resources["nbgrader"]
        converter = getattr(self.parent, "parent", None)
        try:
            root = Path(converter.coursedir.root) if converter else Path.cwd()
            policy = policy_of(self, self.plugin_class, root)
            with opened(where["db_url"]) as gradebook:
                notebook = gradebook.find_submission_notebook(
                    where["notebook"], where["assignment"], where["student"]
                )
                renew(gradebook, policy, SubmittedNotebook.id == notebook.id)
        except SettingsProblem as problem:
            self.log.error(str(problem))
        return nb, resources

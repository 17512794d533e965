"""Every setting of the course, for `autograder`, stock nbgrader and Formgrader alike.

This is a traitlets configuration file. Formgrader runs it again on every request: keep it fast,
free of side effects, and assign whole lists, never append. `autograder settings` shows every
setting: its value, its default, what it does, and where it was set.
"""

import os

c = get_config()  # noqa: F821
HERE = os.path.dirname(os.path.abspath(__file__))

c.CourseDirectory.root = HERE
c.CourseDirectory.course_id = "pytorch"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
# A writer waits up to 60 s for another: sqlite's own 5 s end a class run of nbgrader.
c.CourseDirectory.db_url = f"sqlite:///{HERE}/gradebook.db?timeout=60"
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "checks.json",
]

# The kit's settings: uncomment and change.
# c.MnistData.also_look_in = ["/path/to/a/folder/with/MNIST"]
# c.Grading.minimum_accuracy = 0.70
# c.Grading.full_marks_accuracy = 0.85
# c.Limits.cell_s = 120.0
# c.Grading.packages = ["seaborn"]
# c.FeedbackText.show_hints = True
# c.FeedbackText.solutions = "closed"
# c.Review.graders = ["ann", "ben"]
# c.Requests.days_after_release = 7

# What makes nbgrader grade with the kit's judge. Leave these lists as they are.
_KIT = "autograder.nbgrader_bridge.steps."
_STOCK = "nbgrader.preprocessors."
c.Autograde.exporter_class = "autograder.nbgrader_bridge.exporter.IntakeExporter"
# Normalize rebuilds a submission from the gradebook: nbgrader's own steps (ClearOutput,
# DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata) would find nothing to do.
c.Autograde.sanitize_preprocessors = [_KIT + "Normalize"]
c.Autograde.autograde_preprocessors = [
    _KIT + "SandboxedExecute",
    _STOCK + "LimitOutput",
    _KIT + "JudgeReport",
    _KIT + "SaveGrades",
    # nbgrader's AssignLatePenalties, with `c.AssignLatePenalties` as its settings.
    "autograder.nbgrader_bridge.penalties.LatePenalties",
    _KIT + "HideGuard",
]

# What keeps readers safe: nothing a student wrote runs in feedback pages or in Formgrader.
c.HTMLExporter.preprocessors = ["autograder.nbgrader_bridge.pages.SanitizeOutputs"]
c.HTMLExporter.filters = {
    "markdown2html": "autograder.nbgrader_bridge.pages.safe_markdown2html",
}
c.GenerateFeedback.exporter_class = "autograder.nbgrader_bridge.pages.KitFeedback"
c.ExportApp.plugin_class = "autograder.nbgrader_bridge.export.SafeCsvExport"
# A submission that did not come through nbgrader's exchange keeps nobody's feedback from it.
c.ExchangeFactory.release_feedback = "autograder.nbgrader_bridge.exchange.ReleaseFeedback"

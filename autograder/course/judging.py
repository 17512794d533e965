"""What the judge needs of a course: how its kernels are started, limits, checks, reference."""

from __future__ import annotations

from autograder.checks.plugin import CourseFacts
from autograder.course.cells import reference_cells
from autograder.course.course import Course
from autograder.course.digits import grading_data, hidden_digits
from autograder.course.seeds import seed
from autograder.errors import ChecksBroken
from autograder.judge.records import Assignment
from autograder.judge.records import Limits as JudgeLimits
from autograder.kernel.session import KernelPlan
from autograder.mnist import copies_in_packages


def kernel_env(course: Course) -> dict[str, str]:
    """What a kernel's environment holds beyond the kit's own: where the digits are."""
    return {"MNIST_ROOT": str(grading_data(course).root)}


def kernel_plan(course: Course) -> KernelPlan:
    """How kernels of this course are started: forked from a warm process, in the sandbox."""
    return _plan(course, kernel_env(course))


def plan_without_digits(course: Course) -> KernelPlan:
    """The same, for a kernel that needs no digits: none are made ready for it."""
    return _plan(course, {})


def _plan(course: Course, env: dict[str, str]) -> KernelPlan:
    limits = course.settings.limits
    return KernelPlan(
        env=env,
        output_chars=limits.output_chars,
        notebook_output_chars=limits.notebook_output_chars,
        provisioner="autograder-sandbox",
        provisioner_config={
            "readable": list(env.values()),
            # Without a network the hidden digits come from there, labels and all.
            "hidden": [str(path) for path in copies_in_packages()],
            "env": env,
            "limits": {
                "memory_mb": limits.memory_mb,
                "cpu_s": limits.cpu_s,
                "threads": limits.threads,
                "processes": limits.processes,
                "scratch_mb": limits.scratch_mb,
            },
            "allow_no_sandbox": course.settings.sandbox.allow_no_sandbox,
        },
    )


def judge_limits(course: Course) -> JudgeLimits:
    limits = course.settings.limits
    return JudgeLimits(cell_s=limits.cell_s, call_s=limits.call_s, submission_s=limits.submission_s)


def judge_assignment(course: Course, assignment: str, max_points: dict[str, float]) -> Assignment:
    """The assignment as the judge needs it. `max_points` maps exercises to points."""
    folder = course.checks_folder(assignment)
    if not any(folder.glob("test_*.py")):
        raise ChecksBroken(assignment, f"{folder} holds no test_*.py")
    return Assignment(
        name=assignment,
        checks_folder=folder,
        reference=reference_cells(course.source_notebook(assignment)),
        max_points=max_points,
        seed=seed(course, assignment),
        hidden_digits=lambda: hidden_digits(course),
        course=course_facts(course),
        env=kernel_env(course),
    )


def course_facts(course: Course) -> CourseFacts:
    """What the checks may know of the settings."""
    grading = course.settings.grading
    return CourseFacts(
        minimum_accuracy=grading.minimum_accuracy,
        full_marks_accuracy=grading.full_marks_accuracy,
        show_values=course.settings.feedback.show_values,
    )

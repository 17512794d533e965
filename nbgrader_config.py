"""Where stock nbgrader and Formgrader look for settings: all of them stand in course_config.py."""

c = get_config()  # noqa: F821
load_subconfig("course_config.py")  # noqa: F821

"""A sample class from end to end: release, hand in, grade, feedback, on this machine, offline."""

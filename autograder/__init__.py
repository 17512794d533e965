"""An automated-grading course kit for PyTorch beginners, built on nbgrader.

The rooms and their layers are described in docs/architecture.md. This file imports
nothing: a student's process must load only the rooms that it is allowed to hold.
"""

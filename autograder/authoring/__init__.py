"""Verifying an assignment's checks, naming groups of wrong answers.

Knows nothing of classes. The solution must get full marks and the stub nothing; each mistake must
fail where it says, and each variant must pass.
"""

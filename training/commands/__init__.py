"""The `training` command's verbs: they ask, tell and choose where to write, and know no arithmetic.

Wrong input ends with one clear message and exit 2, and nothing half-written. The group is `training/cli.py`.
"""

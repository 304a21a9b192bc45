"""The ground floor: the words of the work as frozen values.

Standard library only. No input or output, no clock, no randomness: time and identity are arguments.
"""

"""The verbs of the command line, one module each: unpack the options, call an act, print the answer.

Exit codes: 0 done, 1 found a problem (a tampered log, a failed check), 2 wrong usage or input.
"""

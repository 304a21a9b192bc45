"""Long trials of the analyst's way on fresh made-up authorities, by the commands that an analyst types.

They answer what no test can in minutes: is the promise about misses kept on populations that nobody has looked at, how
near does a model come to what the record can tell at most, and how do time and memory grow. `make trial` runs them.
What was measured is kept as it goes, a file each, so a trial that was stopped goes on where it was.
"""

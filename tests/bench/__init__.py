"""Speed as ratios, each measured in one run against something known: `make bench` runs them and prints medians.

    score.py    one score against scikit-learn's predict_proba on one row
    posts.py    a durable audited POST against a bare echo with one durable commit, and against the obvious build
    bulk.py     contacts assessed from NDJSON against the obvious build
    memory.py   what one worker holds

Nothing here is a test: a figure below its bar is printed as such, and `make bench` then ends with 1.
"""

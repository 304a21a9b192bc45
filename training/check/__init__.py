"""Is a history fit to learn from: what is wrong, where, and what to do.

    check.py    everything that is looked at, and when a fit refuses
    days.py     impossible and unlikely days
    labels.py   too few outcomes, outcomes that say what was decided, one answer only
    finding.py  what one finding is

It changes nothing and learns nothing that is kept.
"""

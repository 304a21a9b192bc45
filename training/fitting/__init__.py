"""From rows to a scorecard and its thresholds.

    settings.py          what a fit goes by (fitting.toml)
    search.py            which trees to grow, tried on other families and on a later time
    fit.py               two additive monotone steps, out-of-fold scores, calibration
    work.py              fits done once: spread over workers, kept, gone on with (packed.py, progress.py)
    scorecard_export.py  trees -> tables, held equal to scikit-learn before anything is written
    combined.py          rules and score together, as the service combines them
    thresholds.py        the promise about misses, and the workload
    estimators.py        the fitted classifiers as a file, opened only after its digest is checked
    score_again.py       a history scored by a fitted model

What a model is worth is said elsewhere, in `judging`.
"""

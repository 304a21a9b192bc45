"""The analyst's desk: fit and judge the model on an authority's own history, or on a made-up one.

    population/          a made-up authority: families, incidents, what the force wrote, what people decided, what followed
    settings/            one file an authority: what the made-up one is like
    extract.py           a folder of history -> contacts with the picture as of then, and labels' raw material
    history.py           the picture of every contact, as the service would have seen it on its day
    labels.py            what was needed, from what was found or happened; and how sure that is
    split.py             folds that never part a household
    fit.py               two additive monotone steps, out-of-fold scores, calibration
    scorecard_export.py  trees -> tables, held equal to scikit-learn before anything is written
    thresholds.py        the promise about misses, and the workload
    evaluate.py          what the combined suggestion would have done
    shipping.py          a model's folder: written whole or not at all; estimators opened only after their digest is checked
    cli.py               the `training` command

It borrows domain, intake, matching, rules and triage; the service never imports it. Nothing here decides about a family.
"""

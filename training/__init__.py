"""The analyst's desk: fit and judge the model on an authority's own history, or on a made-up one.

    population/          a made-up authority: families, what the force wrote, people decided, what followed
    settings/            one file an authority: what the made-up one is like
    extract.py           a folder of history -> contacts, decisions, outcomes, care register (extract_*.py its files)
    check.py             is it fit to learn from: what is wrong, where, what to do (check_*.py)
    history.py           the picture of every contact, as the service would have seen it on its day; families
    rows.py              the same as rows: features, what the rules found, what became of it
    known_need.py        what was needed, from what was found or happened; and how sure that is
    search.py            which trees to grow, tried on other families and on a later time
    fit_work.py          fits done once: spread over workers, kept, gone on with (fit_packed.py, fit_progress.py)
    sensitivity.py       what if closed contacts needed more than was seen
    split.py             folds that never part a family
    fit.py               two additive monotone steps, out-of-fold scores, calibration (its numbers: fitting.toml)
    scorecard_export.py  trees -> tables, held equal to scikit-learn before anything is written
    combined.py          rules and score together, as the service combines them
    thresholds.py        the promise about misses, and the workload (its arithmetic: shares.py)
    evaluate.py          what the combined suggestion would have done, missed need first (in words: told.py, card.py)
    judging.py           all that is judged, read once: model, rows, their groups (groups.py), need, settings
    whole_evaluation.py  every figure of evaluation.json, a module each: baselines, contenders, comparison (ranking and
                         resampling below them); calibration_check, decision_curve; fairness, dials; abstention,
                         rules_worth, misses, months, time_split, factors; workload (assumptions: workload.toml)
    report.py            one page from that file alone (report_*.py, charts.py, templates/); report_card.py, atrs.py
    compare.py           what moves from one model to another on the same contacts
    promote.py           a version put in use after two people approved, what was before kept
    ceiling.py           what the record can tell at most; no part of a model (ceiling_data.py)
    budget.py            what the rules alone hold, cost and catch
    fitting.py           the whole way, from a history to a model's folder
    shipping.py          that folder, written whole or not at all
    estimators.py        the fitted classifiers, opened only after their digest is checked
    cli.py               the `training` command

It borrows domain, intake, matching, rules and triage; the service never imports it. Nothing here decides about anybody.
"""

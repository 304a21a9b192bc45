"""The analyst's desk: fit and judge the model on an authority's own history, or on a made-up one.

Rooms in the order of the analyst's way; each says at its door what lives in it. What comes later may borrow from what
comes before, never the other way (`pyproject.toml`).

    population/      a made-up authority: families, what the force wrote, people decided, what followed
    settings/        one file an authority: what the made-up one is like
    history/         a folder of history, read as the service would have seen it, and as rows
    need/            what was needed, from what was found or happened; and how sure that is
    check/           is a history fit to learn from
    fitting/         rows -> two additive monotone steps -> a scorecard and thresholds that keep a promise
    judging/         what the combined suggestion would have done, missed need first, against everything else
    shipping/        a model's folder, whole or not at all; putting it in use
    report/          evaluation.json as a page, a card, a draft record; what moves between two models
    commands/        the `training` command's verbs (cli.py)
    whole_folder.py  files and folders written whole or not at all

It borrows domain, intake, matching, rules and triage; the service never imports it. Nothing here decides about anybody.
"""

"""What the combined suggestion would have done with a history: missed need first, then what it saves.

    evaluate.py          the first figures, in seconds
    prepare.py           all that is judged, read once: model, rows, groups, need, settings
    whole_evaluation.py  every figure of evaluation.json (evaluation_file.py), a module each:
        contenders, baselines, comparison    who could close what at the same misses
        calibration, decision_curve          is a score of 10% one in ten; is working it worth it
        fairness, dials                      by group; which of three biases made a gap
        abstention, misses, months           where it says nothing; the worst; how it drifts by quarter
        by_design                            shares in need that no score has a say in
        rules_worth, factors, workload       what each rule and factor adds; what a day costs (workload.toml)
        time_split                           fitted to what came first, judged by what came later
    budget.py            what the rules alone hold, cost and catch
    sensitivity.py       what if closed contacts needed more than was seen
    ceiling.py           what the record can tell at most; no part of a model (ceiling_data.py)

Nothing here is written into a model's folder but evaluation.json.
"""

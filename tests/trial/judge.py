"""One model judged on one made-up history by its truth, as JSON: `python -m tests.trial.judge HISTORY MODEL`.

Missed need first, then what is closed, and all contenders on the same rows: with `--ceiling` the attainable ceiling,
with `--learners` the other ways of learning too. On the history that the model was fitted to, scores are out of fold.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from screening.domain.suggestion import Response
from screening.rules.rulebook import default_text, load
from training.fitting.combined import suggestions
from training.fitting.fit import folds_for
from training.fitting.settings import read_fit_settings
from training.history.rows import Bools, read_rows
from training.judging.baselines import learnt_elsewhere
from training.judging.comparison import OURS, compared
from training.judging.contenders import closed_by_people, given, learnt, ours
from training.judging.evaluate import CONFIDENCE, share_told
from training.judging.prepare import Judging, prepare
from training.judging.whole_evaluation import CEILING
from training.judging.workload import read_day
from training.need.shares import share_in_need


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("history", type=Path)
    asked.add_argument("model", type=Path)
    asked.add_argument("--ceiling", type=Path)
    asked.add_argument("--learners", action="store_true")
    words = asked.parse_args()
    settings, rulebook = read_fit_settings(), load(default_text())
    judging = prepare(words.history, words.model, rulebook, settings, read_day(), read_rows, ceiling=words.ceiling)
    print(json.dumps(judged(judging, learners=words.learners)))


def judged(judging: Judging, *, learners: bool) -> dict[str, object]:
    """Every figure of a trial. Raises ValueError for a history without truth."""
    rows, scored, need = judging.rows, judging.scored, judging.truth
    if need is None:
        raise ValueError("a trial is judged by the truth")
    made = suggestions(rows, scored, judging.model.thresholds)
    nfa = np.array([one.response is Response.NO_FURTHER_ACTION for one in made], dtype=np.bool_)
    closed = closed_by_people(rows)
    contenders = {OURS: ours(rows, scored), **given(rows)}
    if learners:
        folds = folds_for(rows, folds=judging.settings.folds, seed=judging.settings.seed)
        contenders |= learnt(rows, learnt_elsewhere(rows, folds, seed=judging.seed))
    if judging.ceiling is not None:
        contenders[CEILING] = judging.ceiling
    promised = judging.settings.promise.at_most

    def missed(among: Bools) -> dict[str, object]:
        share = share_in_need(need.judged, rows.families, among, CONFIDENCE)
        return share_told(share) | {"no_less_than": share.lower}

    return {
        "missed_among_suggested_nfa": missed(nfa),
        "missed_among_closed_by_people": missed(closed),
        "suggested_nfa": float(nfa.mean()),
        "suggested_nfa_of_closed_by_people": float(nfa[closed].mean()),
        "comparison": compared(rows, contenders, nfa, need, promised=promised, seed=judging.seed),
        "comparison_by_outcomes": compared(rows, contenders, nfa, judging.need, promised=promised, seed=judging.seed),
    }


if __name__ == "__main__":
    main()

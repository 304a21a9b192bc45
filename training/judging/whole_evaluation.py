"""Every figure that a report needs, as evaluation.json holds it: `evaluate`'s own, and all that takes longer.

`report`, `card`, `atrs` and `compare` read what is made here and nothing else, so that each can be made again from the
one file. Nothing in it names anybody; the worst misses stand by reference.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed

import numpy as np

from screening.domain.suggestion import Response, Suggestion
from screening.triage.model import Model
from training.fitting.combined import nfa_from, suggestions
from training.fitting.fit import CannotFit, folds_for
from training.fitting.thresholds import cost_of_promises
from training.history.groups import GROUPINGS
from training.history.rows import Bools, Rows
from training.judging.abstention import abstention, by_response
from training.judging.baselines import learnt_elsewhere
from training.judging.by_design import ByDesign
from training.judging.calibration import calibration
from training.judging.comparison import OURS, compared
from training.judging.contenders import closed_by_people, given, learnt, ours
from training.judging.decision_curve import decision_curve, decision_points
from training.judging.dials import dials
from training.judging.evaluate import CONFIDENCE, Need, evaluate, share_told
from training.judging.evaluation_file import FORMAT
from training.judging.factors import factors
from training.judging.fairness import fairness
from training.judging.misses import worst_misses
from training.judging.months import by_quarter, drift
from training.judging.prepare import Judging
from training.judging.rules_worth import rules_worth
from training.judging.sensitivity import as_json, sensitivity
from training.judging.time_split import followed, tried_later
from training.judging.workload import workload
from training.need.known_need import known_of, weights_of_looked
from training.need.ranking import area_with_interval
from training.need.shares import share_in_need

PROMISES_SHOWN = (0.03, 0.05, 0.08)
CEILING = "attainable ceiling"
CODES = dict(zip(Response, "nuea", strict=True))
"""One letter a response, so that all suggestions are one line that `compare` can hold against another's."""


@dataclass(frozen=True, slots=True)
class _Seen:
    made: tuple[Suggestion, ...]
    nfa: Bools
    held: Bools
    closed: Bools
    worked: Bools


def evaluate_whole(judging: Judging, progress: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Every figure. `progress` is told what is worked out next. The same judging gives the same figures."""
    rows, need, seed, seen = judging.rows, judging.need, judging.seed, _seen(judging)
    p, judged = judging.scored.p_assessment, ByDesign(rows.families, need, seed=seed)
    progress("the combined suggestion")
    found: dict[str, object] = {
        **_first(judging, seen),
        **_promises(judging),
        "workload": workload(seen.made, rows.decisions, judged, judging.day),
        "early_help": _early_help(judging),
        "abstention": abstention(seen.made, judging.groups, judged),
        "misses": worst_misses(rows, seen.nfa, p, need),
        "quarters": by_quarter(rows, seen.nfa, p, judged, seed=seed),
        "drift": drift(rows, seen.nfa, p, judged),
        "factors": factors(judging.model.scorecard, rows.as_known.X),
        "not_known": _not_known(judging),
    }
    progress("what if closed contacts needed more")
    found["sensitivity"] = _sensitivity(judging)
    progress("calibration and the decision curve")
    found["calibration"] = calibration(rows, p, need, seed=seed)
    found["decision_curve"] = decision_curve(p, seen.held, seen.worked, need)
    from_here = judging.model.thresholds.assessment_from
    found["decision_points"] = decision_points(p, seen.held, seen.worked, from_here, judged)
    progress("groups")
    found["fairness"] = fairness(rows, judging.groups, by_response(seen.made), seen.closed, need, seed=seed)
    found["dials"] = dials(rows, judging.groups, seed=seed)
    found["groupings"] = {grouping.name: grouping.title for grouping in GROUPINGS}
    progress("each rule")
    found["rules"] = rules_worth(rows, judging.rulebook, judging.scored, judging.model.thresholds, judged)
    found |= _against_others(judging, seen, progress)
    progress("what came later")
    found["followed"] = followed(rows)
    found["later"] = tried_later(rows, judging.settings, searched=_searched(judging.model), jobs=judging.jobs)
    return found


def _first(judging: Judging, seen: _Seen) -> dict[str, object]:
    """What was judged, its first figures, and what is known and suggested contact by contact."""
    rows, need = judging.rows, judging.need
    return {
        "format": FORMAT,
        "about": dict(judging.about),
        "model": about_model(judging.model),
        **evaluate(rows, judging.scored, judging.model.thresholds, need, seed=judging.seed),
        "corrected": need.judged.fair,
        "suggestions": "".join(CODES[one.response] for one in seen.made),
        "known_need": _known_need(rows),
        "by_contact": _by_contact(rows, need),
    }


def about_model(model: Model) -> dict[str, object]:
    """What the manifest says, which version and digest it is, and the libraries that judged it."""
    names = (
        "made_on", "made_up_data", "promise", "training_data_sha256", "contacts", "families", "seed", "rulebook_sha256",
        "thresholds", "libraries", "features_sha256",
    )  # fmt: skip  # one list of names
    judged_with = {name: installed(name) for name in ("fairlearn", "interpret-core", "scikit-learn", "numpy")}
    return {
        "version": model.version,
        "manifest_sha256": model.digest,
        **{name: model.manifest.get(name) for name in names},
        "judged_with": judged_with,
    }


def _searched(model: Model) -> bool:
    """Whether its trees were chosen among others by what the contacts showed."""
    search = model.manifest.get("search")
    return isinstance(search, dict) and bool(search.get("tried"))


def _seen(judging: Judging) -> _Seen:
    made = suggestions(judging.rows, judging.scored, judging.model.thresholds)
    closed = closed_by_people(judging.rows)
    worked = [one.code.value not in {"early_help", "request_information"} for one in judging.rows.decisions]
    return _Seen(
        made=made,
        nfa=_of(one.response is Response.NO_FURTHER_ACTION for one in made),
        held=_of(one.floor is Response.ASSESSMENT for one in made),
        closed=closed,
        worked=_of(worked) & ~closed,
    )


def _of(yes: Iterable[bool]) -> Bools:
    return np.fromiter(yes, dtype=np.bool_)


def _promises(judging: Judging) -> dict[str, object]:
    """What other promises would allow, and the whole curve from which they are read: share closed against missed."""
    thresholds, rows, judged = judging.model.thresholds, judging.rows, judging.need.judged
    lowest = nfa_from(rows, judging.scored, thresholds.assessment_from, thresholds.early_help_from)
    kept = cost_of_promises(lowest, judged, rows.families, judging.settings.promise, PROMISES_SHOWN)
    able = np.sort(lowest[np.isfinite(lowest)])
    curve = []
    for share in np.arange(0.02, len(able) / len(rows), 0.02):
        upto = float(able[int(share * len(rows)) - 1])
        missed = share_in_need(judged, rows.families, lowest <= upto, judging.settings.promise.confidence)
        curve.append(
            {"share": missed.n / len(rows), "upto": upto, "missed": missed.share, "no_more_than": missed.upper}
        )
    return {
        "promises": [
            {
                "at_most": one.promise.at_most,
                "upto": one.nfa_upto,
                "share": share_told(one.share) if one.share else None,
            }
            for one in kept
        ],
        "closing_curve": curve,
    }


def _sensitivity(judging: Judging) -> dict[str, object]:
    """As `training sensitivity` gives it; or `cannot`: why not."""
    try:
        thresholds, promise = judging.model.thresholds, judging.settings.promise
        return as_json(sensitivity(judging.rows, judging.scored, thresholds, promise))
    except CannotFit as fault:
        return {"cannot": str(fault)}


def _by_contact(rows: Rows, need: Need) -> dict[str, str]:
    """What each contact tells of need, one word each in the order of `suggestions`, so that models can be compared."""
    told = zip(need.by_design.tolist(), need.judged.usable.tolist(), strict=True)
    return {
        "families": " ".join(map(str, rows.families.tolist())),
        "by_design": " ".join(f"{one:.4g}" if usable else "-" for one, usable in told),
        "looked_again": " ".join("1" if again else "0" for again in need.looked_again.tolist()),
    }


def _known_need(rows: Rows) -> str:
    """One letter a contact: somebody looked and it was in need (y) or not (n); it came to light (l); not known (-)."""
    known = known_of(rows, Response.ASSESSMENT)
    letters = np.where(known.looked, np.where(known.found, "y", "n"), np.where(known.later, "l", "-"))
    return "".join(letters.tolist())


def _early_help(judging: Judging) -> dict[str, object]:
    """How well the other step ranks: needing at least early help."""
    known = known_of(judging.rows, Response.EARLY_HELP)
    p = np.array([score.p_early_help_or_more for score in judging.scored.as_known])
    return asdict(area_with_interval(p, known.found, weights_of_looked(known), judging.rows.families, judging.seed))


def _not_known(judging: Judging) -> dict[str, float]:
    """How much of what the rules count on was not known: the mean number of answers a contact, and the share held."""
    found = judging.rows.as_known.findings
    return {
        "answers_a_contact": float(np.mean([len(one.not_known) for one in found])),
        "too_little": float(np.mean([one.too_little for one in found])),
        "possibly_known_people": len(judging.rows.possible) / len(judging.rows),
    }


def _against_others(judging: Judging, seen: _Seen, progress: Callable[[str], None]) -> dict[str, object]:
    rows, seed = judging.rows, judging.seed
    folds = folds_for(rows, folds=judging.settings.folds, seed=judging.settings.seed)
    elsewhere = learnt_elsewhere(rows, folds, seed=seed, jobs=judging.jobs, progress=progress)
    contenders = {OURS: ours(rows, judging.scored), **learnt(rows, elsewhere), **given(rows)}
    if judging.ceiling is not None:
        contenders[CEILING] = judging.ceiling
    progress("all against all")
    promised = judging.settings.promise.at_most

    def held_against(need: Need) -> dict[str, dict[str, object]]:
        return compared(rows, contenders, seen.nfa, need, promised=promised, seed=seed)

    found: dict[str, object] = {"comparison": held_against(judging.need)}
    if judging.truth is not None:
        found["by_truth"] = _by_truth(rows, seen, judging.truth) | {"comparison": held_against(judging.truth)}
    return found


def _by_truth(rows: Rows, seen: _Seen, truth: Need) -> dict[str, object]:
    """The same first figures by the need that only a made-up history knows."""
    everybody = np.ones(len(rows), dtype=np.bool_)
    chosen = {"missed_need_among_suggested_nfa": seen.nfa, "missed_need_among_closed": seen.closed, "need": everybody}
    return {
        name: share_told(share_in_need(truth.judged, rows.families, who, CONFIDENCE)) for name, who in chosen.items()
    }

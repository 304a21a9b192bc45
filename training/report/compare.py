"""What moves from one model to another on the same contacts: which suggestions change, and what each misses.

Both are read from their evaluation.json. Two evaluations of different contacts, or judged by different things, say
nothing about two models, and are refused. A change is as sure as the same families, drawn again and again for both,
make it ("paired"); for that both must keep what each contact tells (`by_contact`). Without it no change has an
interval, and that is said.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from screening.domain.errors import ModelRefused
from screening.domain.suggestion import Response
from training.history.rows import Bools, Floats
from training.judging.by_design import ENOUGH, ByDesign
from training.judging.evaluate import Need
from training.judging.evaluation_file import Figures
from training.judging.whole_evaluation import CODES
from training.need.known_need import Judged
from training.need.resampling import interval
from training.report.words import (
    NONE,
    Section,
    Table,
    between,
    count,
    number,
    percent,
    points,
    response,
    share,
    with_interval,
)

BY_CONTACT = "by_contact"
"""In evaluation.json, a line each with one word a contact, in the order of `suggestions`: `families` (a number),
`by_design` (`Need.by_design`; - where nothing is known) and `looked_again` (1 or 0)."""

SEED = 0
"""Of the draws: the same for every comparison."""

IN_NEED = frozenset("yl")
"""Letters of `known_need`: somebody looked and found it, or it came to light."""

_OF_LETTER = {letter: str(one) for one, letter in CODES.items()}
_ASKED: Mapping[str, Callable[[Figures], object]] = {
    "history": lambda figures: figures["about"]["history_sha256"],
    "number of contacts": lambda figures: len(figures["suggestions"]),
    "way of judging": lambda figures: figures["judged_by"],
}
_CLOSING = CODES[Response.NO_FURTHER_ACTION]


@dataclass(frozen=True, slots=True)
class _NotPaired:
    """Changes have no interval, and why, as words after a colon."""

    why: str


@dataclass(frozen=True, slots=True)
class _Change:
    """A share under the one model and under the other, `None` where it is of nobody; and an interval of the change."""

    before: float | None
    after: float | None
    interval: tuple[float, float] | None


class _Paired:
    """What both models come to, with the same need and the same draws of families for both."""

    def __init__(self, suggestions: tuple[str, str], families: Sequence[int], need: Need) -> None:
        self._letters = [np.array(list(one)) for one in suggestions]
        self._judged = ByDesign(np.array(families, dtype=np.int64), need, seed=SEED)

    def suggested(self, letter: str) -> _Change:
        """The share of all contacts that get one suggestion."""
        was, becomes = (one == letter for one in self._letters)
        new, gone = becomes & ~was, was & ~becomes
        moved, everybody = self._judged.draws.sums(new.astype(np.float64) - gone, np.ones(len(was))).T
        ends = interval(moved / everybody)
        if ends is not None and 0 < (new | gone).sum() < ENOUGH:
            told: list[Figures] = [self._judged.count(who) for who in (new, gone)]
            more, less = (one["interval"] for one in told)
            ends = _hull(ends, (more[0] - less[1], more[1] - less[0]))
        return _Change(float(was.mean()), float(becomes.mean()), ends)

    def missed(self) -> _Change:
        """The share in need of those suggested for no further action."""
        was, becomes = ((one == _CLOSING) & self._judged.usable for one in self._letters)
        new, gone = becomes & ~was, was & ~becomes
        before, after = (self._share(who) for who in (was, becomes))
        drawn = self._drawn(becomes) - self._drawn(was)
        ends = None if before is None or after is None else interval(drawn)
        if ends is not None and any(who.any() and self._judged.looks(who).few for who in (new, gone)):
            ends = _hull(ends, self._furthest(was & becomes, new, gone))
        return _Change(before, after, ends)

    def in_need(self, who: Sequence[bool]) -> Figures:
        """The share in need of some contacts, as `ByDesign.share` tells it."""
        return self._judged.share(np.array(who, dtype=np.bool_))

    def _share(self, who: Bools) -> float | None:
        return float(self._judged.need.by_design[who].mean()) if who.any() else None

    def _drawn(self, who: Bools) -> Floats:
        return self._judged.draws.shares(who * self._judged.need.by_design, who.astype(np.float64))

    def _furthest(self, stay: Bools, new: Bools, gone: Bools) -> tuple[float, float]:
        """How far the shares may lie apart where too few of those that move were looked at again."""
        n, in_need = int(stay.sum()), float(self._judged.need.by_design[stay].sum())

        def ends(who: Bools) -> tuple[float, float]:
            told: Figures = self._judged.share(who)
            lower, upper = told["interval"] if told["n"] else (0.0, 0.0)
            return (in_need + told["n"] * lower) / (n + told["n"]), (in_need + told["n"] * upper) / (n + told["n"])

        (new_lower, new_upper), (gone_lower, gone_upper) = ends(new), ends(gone)
        return new_lower - gone_upper, new_upper - gone_lower


def compare(one: Figures, other: Figures) -> list[Section]:
    """What moves from `one` to `other`. Raises ModelRefused where they are not of the same contacts."""
    apart = [what for what, of in _ASKED.items() if of(one) != of(other)]
    if apart:
        raise ModelRefused(
            f"the two evaluations differ in their {' and '.join(apart)}, so they cannot be compared; "
            "run `training evaluate HISTORY MODEL --out FILE` for each on the same history, and compare the two files"
        )
    paired = _pair(one, other)
    return [_side_by_side(one, other, paired), _moved(one, other), _to_closing(one, other, paired), _groups(one, other)]


def _pair(one: Figures, other: Figures) -> _Paired | _NotPaired:
    """Both models on the same contacts, or why they cannot be told apart contact by contact."""
    again = "run `training evaluate HISTORY MODEL --out FILE` for each again, and compare the two files"
    if not (one["corrected"] and other["corrected"]):
        return _NotPaired("too few closed contacts were looked at again to know what was missed among them")
    kept = [figures.get(BY_CONTACT) for figures in (one, other)]
    if not all(kept):
        return _NotPaired(f"an evaluation of the two does not keep what each contact tells; {again}")
    words = [{name: str(line).split() for name, line in one_kept.items()} for one_kept in kept if one_kept]
    of = {len(one["suggestions"])}
    if any({len(each) for each in lines.values()} != of for lines in words):
        return _NotPaired(f"an evaluation of the two does not keep what every contact tells; {again}")
    if any(words[0][name] != words[1][name] for name in ("families", "looked_again")):
        return _NotPaired(f"the two evaluations tell families, or second looks, apart in another way; {again}")
    need = _one_need(one, words[0]["looked_again"], [lines["by_design"] for lines in words])
    return _Paired((one["suggestions"], other["suggestions"]), [int(each) for each in words[0]["families"]], need)


def _one_need(one: Figures, looked_again: Sequence[str], by_design: Sequence[Sequence[str]]) -> Need:
    """One need for both: halfway between what each evaluation makes of it, so that neither score is its own judge."""
    usable = np.array([NONE not in pair for pair in zip(*by_design, strict=True)], dtype=np.bool_)
    told = np.array([[float(each) if each != NONE else 0.0 for each in line] for line in by_design]).mean(axis=0)
    if one["judged_by"] == "truth":
        yes, looked = told > 0.5, usable
    else:
        letters = np.array(list(one["known_need"]))
        yes, looked = letters == "y", np.isin(letters, ["y", "n"])
    return Need(
        replace(Judged.seen(yes, np.zeros(len(yes))), usable=usable),
        yes,
        looked.astype(np.float64),
        told * usable,
        np.array(looked_again) == "1",
        one["judged_by"],
    )


def _hull(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return min(one[0], other[0]), max(one[1], other[1])


def _side_by_side(one: Figures, other: Figures, paired: _Paired | _NotPaired) -> Section:
    names = _names(one, other)
    missed = [figures["missed_need_among_suggested_nfa"] for figures in (one, other)]
    rows = [
        ["missed need among suggested NFA", *map(share, missed), _points(missed, "share"), NONE],
        *([] if isinstance(paired, _NotPaired) else [_both_missed(paired)]),
        *(_suggested(letter, one, other, paired) for letter in CODES.values()),
        _row("of what people closed", one, other, lambda figures: figures["suggested_nfa"]["of_what_people_closed"]),
        _plain("area, needs an assessment", one, other, _area),
        _plain("area, needs early help", one, other, lambda figures: figures["early_help"]["area"]),
        _plain("calibration: expected over found", one, other, _over),
    ]
    says = [f"Both judged on the same {count(len(one['suggestions']))} contacts.", *_how_sure(paired)]
    head = ("", *names, "change", "95% interval of the change")
    return Section("figures", f"From {names[0]} to {names[1]}", says, [Table("Side by side", head, rows)])


def _how_sure(paired: _Paired | _NotPaired) -> list[str]:
    if isinstance(paired, _NotPaired):
        return [
            (
                f"No change here has an interval, so none can be told from chance: {paired.why}. "
                "Two intervals of two reports cannot stand in for it: they may overlap where a change is real."
            )
        ]
    return [
        (
            "The interval of a change is paired: the same families are drawn for both, so that what both do alike "
            "does not blur it. Where it holds 0, the change may be chance; where none is shown, it is not known."
        ),
        (
            "Missed need 'by the same need' counts each contact with one and the same need for both models, put right "
            "by second looks, and only it is fit to compare them; the line above it is what each report says."
        ),
    ]


def _both_missed(paired: _Paired) -> list[str]:
    found = paired.missed()
    return ["the same, by the same need for both", percent(found.before), percent(found.after), *_told(found)]


def _suggested(letter: str, one: Figures, other: Figures, paired: _Paired | _NotPaired) -> list[str]:
    what = f"suggested {response(_OF_LETTER[letter])}, of all"
    if isinstance(paired, _NotPaired):
        return _row(
            what, one, other, lambda figures: figures["suggestions"].count(letter) / len(figures["suggestions"])
        )
    found = paired.suggested(letter)
    return [what, percent(found.before), percent(found.after), *_told(found)]


def _told(found: _Change) -> list[str]:
    if found.before is None or found.after is None:
        return [NONE, NONE]
    return [f"{points(found.after - found.before)} points", between(found.interval, "points")]


def _moved(one: Figures, other: Figures) -> Section:
    counted = Counter(zip(one["suggestions"], other["suggestions"], strict=True))
    rows = [
        [response(_OF_LETTER[before]), *(count(counted[before, after]) for after in CODES.values())]
        for before in CODES.values()
    ]
    stay = sum(times for (before, after), times in counted.items() if before == after)
    head = ("was", *(response(_OF_LETTER[after]) for after in CODES.values()))
    says = [f"{count(len(one['suggestions']) - stay)} of {count(len(one['suggestions']))} suggestions change."]
    return Section("moved", "Which suggestions change", says, [Table("Was, and becomes", head, rows)])


def _to_closing(one: Figures, other: Figures, paired: _Paired | _NotPaired) -> Section:
    """The moves that matter most: into and out of what is suggested for no further action."""
    were, are = ([letter == _CLOSING for letter in figures["suggestions"]] for figures in (one, other))
    moves = {
        "newly suggested for no further action": [is_ and not was for was, is_ in zip(were, are, strict=True)],
        "no longer suggested for no further action": [was and not is_ for was, is_ in zip(were, are, strict=True)],
    }
    rows = []
    for what, who in moves.items():
        need = [letter for letter, moves_ in zip(one["known_need"], who, strict=True) if moves_]
        known = [count(len(need)), count(sum(n != "-" for n in need)), count(sum(n in IN_NEED for n in need))]
        rows.append([what, *known, *_estimated(who, paired)])
    head = (
        "",
        "contacts",
        "of which something is known",
        "of these, in need of an assessment",
        "looked at again",
        "estimated share in need, of all of them",
    )
    says = [
        "Of most closed contacts nothing is known, so what is known to be in need is the least that is.",
        *([f"The rest cannot be estimated here: {paired.why}."] if isinstance(paired, _NotPaired) else []),
    ]
    return Section("closing", "Into and out of closing", says, [Table("The moves that matter most", head, rows)])


def _estimated(who: Sequence[bool], paired: _Paired | _NotPaired) -> list[str]:
    if isinstance(paired, _NotPaired) or not any(who):
        return [NONE, NONE]
    found = paired.in_need(who)
    return [count(found["second_looks"]), with_interval(found["share"], found["interval"])]


def _groups(one: Figures, other: Figures) -> Section:
    tables = []
    for name, found in one["fairness"].items():
        after = {row["group"]: row for row in other["fairness"][name]["groups"]}
        rows = [
            [row["group"], *_group_cells(row, after[row["group"]])]
            for row in found["groups"]
            if not row.get("hidden") and not after[row["group"]].get("hidden")
        ]
        head = ("group", "NFA was", "becomes", "change (points)", "missed was", "becomes", "change (points)")
        tables.append(Table(one["groupings"][name], head, rows))
    says = [
        "Shares of each group; small groups are hidden.",
        (
            "A group's change has no interval, and of so many groups some change by chance: take one for a reason to "
            "look into that group's figures in both reports, and never for a finding."
        ),
    ]
    return Section("groups", "For whom", says, tables)


def _group_cells(before: Figures, after: Figures) -> list[str]:
    told = []
    for rate in ("closed", "missed_among_closed"):
        pair_ = [row["suggestion"].get(rate, {"value": None})["value"] for row in (before, after)]
        told += [*map(percent, pair_), NONE if None in pair_ else points(pair_[1] - pair_[0])]
    return told


def _names(one: Figures, other: Figures) -> tuple[str, str]:
    names = (one["model"]["version"], other["model"]["version"])
    return names if names[0] != names[1] else (f"{names[0]} (first)", f"{names[1]} (second)")


def _row(what: str, one: Figures, other: Figures, of: Callable[[Figures], float | None]) -> list[str]:
    was, is_ = of(one), of(other)
    change = NONE if was is None or is_ is None else f"{points(is_ - was)} points"
    return [what, percent(was), percent(is_), change, NONE]


def _plain(what: str, one: Figures, other: Figures, of: Callable[[Figures], float]) -> list[str]:
    return [what, number(of(one)), number(of(other)), f"{of(other) - of(one):+.3f}", NONE]


def _points(pair_: Sequence[Figures], name: str) -> str:
    return f"{points(pair_[1][name] - pair_[0][name])} points"


def _area(figures: Figures) -> float:
    return float(figures["comparison"]["this model"]["area"]["value"])


def _over(figures: Figures) -> float:
    return float(figures["calibration"]["expected_over_found"]["value"])

"""Whether it stays as it is: the same figures for every quarter of a year, and a straight line through all of them.

A month holds too few second looks to judge a month by. Need is `Need.by_design`, so that a score which drifts does not
hide its own misses. The line is over the time of arrival, so quarters that are not whole do no harm; its interval draws
families.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

import numpy as np

from screening.domain.calendar import LONDON
from training.history.rows import Bools, Floats, Rows
from training.judging.by_design import ByDesign
from training.judging.hiding import LEAST, hidden_with_complement, hidden_with_second
from training.need.ranking import area_with_interval
from training.need.resampling import interval

YEAR = timedelta(days=365.25)


def by_quarter(rows: Rows, nfa: Bools, p: Floats, judged: ByDesign, *, seed: int) -> list[dict[str, object]]:
    """By quarter: contacts, share suggested for NFA, missed need among them, mean chance `p` (n,), need, area.

    Fewer than `LEAST` contacts are never shown, nor can they be worked out from the others and the whole.
    """
    days = [at.astimezone(LONDON).date() for at in rows.sent_at]
    names, quarter = np.unique([f"{day.year}-Q{(day.month + 2) // 3}" for day in days], return_inverse=True)
    counts = np.bincount(quarter)
    closing = np.bincount(quarter, weights=nfa, minlength=len(names)).astype(int)
    hide, few = hidden_with_second(counts.tolist()), hidden_with_complement(closing.tolist(), counts.tolist())
    told: list[dict[str, object]] = []
    for place, name in enumerate(names.tolist()):
        if hide[place]:
            told.append({"quarter": name, "hidden": True})
            continue
        here: Bools = np.asarray(quarter == place, dtype=np.bool_)
        within = [day for day, inside in zip(days, here.tolist(), strict=True) if inside]
        told.append(
            {
                "quarter": name,
                "from": min(within).isoformat(),
                "to": max(within).isoformat(),
                "n": int(counts[place]),
                "suggested_nfa": None if few[place] else judged.count(nfa, here),
                "missed": None if few[place] or not closing[place] else judged.share(nfa & here),
                "mean_chance": float(p[here].mean()),
                "need": judged.share(here),
                "area": _area(rows, p, here, judged, seed),
            }
        )
    return told


def drift(rows: Rows, nfa: Bools, p: Floats, judged: ByDesign) -> dict[str, dict[str, object]]:
    """By how much a year each share moves, along the straight line that fits it best.

    `need_beyond_chance` is need less the chance `p` (n,): if that moves, chances come to say too little, or too much.
    """
    seconds = np.array([at.timestamp() for at in rows.sent_at])
    years = (seconds - seconds.min()) / YEAR.total_seconds()
    need, usable = judged.need.by_design, judged.usable
    everybody = np.ones(len(rows), dtype=np.bool_)
    enough = {chosen: not judged.looks(who).few for chosen, who in (("all", usable), ("nfa", nfa))}
    lines: Mapping[str, tuple[Floats, Bools, bool]] = {
        "suggested_nfa": (nfa.astype(np.float64), everybody, True),
        "missed": (need, nfa & usable, enough["nfa"]),
        "need": (need, usable, enough["all"]),
        "need_beyond_chance": (need - p, usable, enough["all"]),
    }
    return {name: _line(years, *one, judged) for name, one in lines.items()}


def _line(years: Floats, what: Floats, who: Bools, enough: bool, judged: ByDesign) -> dict[str, object]:  # noqa: FBT001  one line's parts
    """The slope of `what` (n,) over `years` (n,) among `who` (n,); no interval where there is not `enough` to draw."""
    at = who.astype(np.float64)
    # Sums of powers about the middle, so that nothing is lost in taking large numbers from each other.
    later = years - (years[who].mean() if who.any() else 0.0)
    columns = (at, at * later, at * later**2, at * what, at * later * what)
    slope = _slopes(np.array([[float(one.sum()) for one in columns]]))[0]
    drawn = interval(_slopes(judged.draws.sums(*columns))) if enough else None
    return {"a_year": float(slope) if np.isfinite(slope) else None, "interval": drawn, "n": int(who.sum())}


def _slopes(sums: Floats) -> Floats:
    """Of each row of sums (k, 5), the slope of the line of least squares; nan where there is none."""
    n, t, tt, y, ty = sums.T
    spread = n * tt - t * t
    found: Floats = np.divide(n * ty - t * y, spread, out=np.full(len(n), np.nan), where=spread > 0.0)
    return found


def _area(rows: Rows, p: Floats, here: Bools, judged: ByDesign, seed: int) -> dict[str, object] | None:
    need = judged.need
    looked = here & (need.weights > 0.0)
    in_need = int((looked & need.yes).sum())
    if min(in_need, int(looked.sum()) - in_need) < LEAST:
        return None
    return asdict(area_with_interval(p[here], need.yes[here], need.weights[here], rows.families[here], seed))

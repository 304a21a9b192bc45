"""All that is judged, and what by: a model, the rows of a history with their groups, need, and the settings.

Everything is read here, once; what is worked out from it is in `whole_evaluation`.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from screening.rules.rulebook import Rulebook
from screening.triage.model import Model, load_version
from screening.triage.model_json import read_object
from training.fitting.combined import Scored
from training.fitting.score_again import score_again
from training.fitting.settings import FitSettings, Trees
from training.history.extract import Extract, ExtractRefused, open_extract
from training.history.extract_csv import header_of, opened, rows_below
from training.history.extract_faults import Gathered, told
from training.history.extract_tables import FOUND, table_in
from training.history.groups import Groups, noting
from training.history.rows import Rows
from training.judging.ceiling import Ceiling, load_ceiling
from training.judging.contenders import Contender, with_possible
from training.judging.evaluate import Need, from_outcomes, from_truth
from training.judging.workload import Day
from training.population.figures import FIGURE_COLUMNS
from training.whole_folder import POPULATION

TRUTH = "truth.csv"
FIGURES = "figures.csv"
"""Published figures beside a made-up history's own, as `training synthesise` leaves them."""

TRUTH_COLUMNS = ("contact_reference", "need")
NUMBERS = ("low", "high", "simulated")
"""The columns of FIGURES that are figures, or empty."""

MADE_TOGETHER = "make the history again with `training synthesise`, which writes all its files together"

SEED = 0


@dataclass(frozen=True, slots=True)
class Judging:
    """`truth` is there for a made-up history only, `ceiling` where one was given; `need` is what is judged by.

    `about` says which history it is, as evaluation.json holds it.
    """

    rows: Rows
    groups: Groups
    scored: Scored
    model: Model
    rulebook: Rulebook
    need: Need
    truth: Need | None
    ceiling: Contender | None
    settings: FitSettings
    day: Day
    about: Mapping[str, object]
    seed: int = SEED
    jobs: int = 1


def prepare(
    history: Path,
    folder: Path,
    rulebook: Rulebook,
    settings: FitSettings,
    day: Day,
    read: Callable[[Extract, Rulebook], Rows],
    *,
    ceiling: Path | None = None,
    by_truth: bool = False,
    jobs: int = 1,
) -> Judging:
    """Read a history and the model in `folder`, and score every contact; out of fold where it was fitted to them.

    `ceiling` is the folder of an attainable ceiling. Raises ExtractRefused and ModelRefused.
    """
    extract, model = noting(open_extract(history)), load_version(folder.resolve())
    if by_truth and not (history / TRUTH).exists():
        raise ExtractRefused([f"{TRUTH} is missing: only a made-up history knows the truth; judge without --truth"])
    most = load_ceiling(ceiling) if ceiling else None
    if most:
        most.refuse_for(history)
    rows = read(extract, rulebook)
    again = score_again(rows, model, folder.resolve())
    truth = truth_of(rows, history) if (history / TRUTH).exists() else None
    need = truth if truth is not None and by_truth else from_outcomes(rows, again.scored)
    _refuse_one_kind(need)
    return Judging(
        rows=rows,
        groups=extract.groups_of(rows.references),
        scored=again.scored,
        model=model,
        rulebook=rulebook,
        need=need,
        truth=truth,
        ceiling=_as_contender(rows, most) if most else None,
        settings=_as_fitted(settings, model),
        day=day,
        about={
            **_about(extract, model, rows),
            "fitted_to": int(again.fitted_to.sum()),
            "ceiling_contacts": most.about.get("contacts") if most else None,
        },
        jobs=jobs,
    )


def _refuse_one_kind(need: Need) -> None:
    """Raise ExtractRefused where those looked at are all alike: then no order of contacts is better than another."""
    looked = need.weights > 0.0
    in_need = int((need.yes & looked).sum())
    if in_need in {0, int(looked.sum())}:
        fault = (
            f"{in_need} of the {int(looked.sum())} contacts that somebody looked at needed an assessment, and nothing "
            "can be judged by contacts of one kind; give a history with findings, or second looks, of both"
        )
        raise ExtractRefused([fault])


def _as_fitted(settings: FitSettings, model: Model) -> FitSettings:
    """The settings, with the kind of trees that the model was grown with where its manifest says so."""
    trees = model.manifest.get("trees")
    return replace(settings, trees=Trees(**trees)) if isinstance(trees, dict) else settings


def truth_of(rows: Rows, history: Path) -> Need:
    """Need by the truth of a made-up history. Raises ExtractRefused where its truth.csv is not that of these rows."""
    faults, path = Gathered(), history / TRUTH
    known = table_in(path, TRUTH_COLUMNS, (), lambda row: _need(row["need"]), faults, {})
    faults.refuse()
    lacking = [reference for reference in rows.references if reference not in known]
    if lacking:
        raise ExtractRefused([f"{TRUTH} lacks {len(lacking):,} contacts ({told(lacking)}); {MADE_TOGETHER}"])
    try:
        return from_truth(rows, path)
    except (KeyError, UnicodeDecodeError, csv.Error) as fault:
        raise ExtractRefused([f"{TRUTH} is not as it was made; {MADE_TOGETHER}"]) from fault


def _need(code: str) -> str:
    if code not in FOUND:
        raise ValueError(f"need is not one of {', '.join(FOUND)}; {MADE_TOGETHER}")
    return code


def _published(path: Path) -> list[dict[str, str]]:
    """The figures beside a made-up history; none where it has none. Raises ExtractRefused."""
    if not path.exists():
        return []
    faults = Gathered()
    names, found = header_of(path, FIGURE_COLUMNS, faults), []
    faults.refuse()
    with opened(path) as text:
        for record in rows_below(text):
            row = dict(zip(names, record.cells, strict=False))
            if record.fault or len(record.cells) != len(names) or not all(_is_figure(row[name]) for name in NUMBERS):
                faults.add(f"{path.name} row", str(record.number), f"is not as it was made; {MADE_TOGETHER}")
            found.append(row)
    faults.refuse()
    return found


def _is_figure(cell: str) -> bool:
    try:
        return not cell or isfinite(float(cell))
    except ValueError:
        return False


def _as_contender(rows: Rows, ceiling: Ceiling) -> Contender:
    known, counted = (ceiling.probabilities(reading.X, "assessment") for reading in (rows.as_known, rows.as_possible))
    return Contender(known, with_possible(rows, known, counted))


def _about(extract: Extract, model: Model, rows: Rows) -> dict[str, object]:
    digest = extract.digest()
    return {
        "made_up_data": extract.made_up,
        "history_sha256": digest,
        "own_history": digest == model.manifest.get("training_data_sha256"),
        "contacts": len(rows),
        "families": len(set(rows.families.tolist())),
        "from": min(rows.sent_at).date().isoformat(),
        "to": max(rows.sent_at).date().isoformat(),
        "published_figures": _published(extract.folder / FIGURES),
        "dials_of_bias_on": _dials_on(extract),
    }


def _dials_on(extract: Extract) -> object:
    """Which dials of bias a made-up history was made with; None where nobody knows."""
    if not extract.made_up:
        return None
    text = (extract.folder / POPULATION).read_text(encoding="utf-8", errors="replace")
    return read_object(text, POPULATION).get("dials_of_bias_on")

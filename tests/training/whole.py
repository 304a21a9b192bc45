"""A small model and its whole evaluation, made once for a run of tests: real all through, on drawn rows."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from screening.rules.rulebook import default_text, load
from screening.triage.model import load_version
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.score_again import score_again
from training.history.extract import Extract
from training.history.groups import GROUPINGS
from training.history.rows import Rows
from training.judging.evaluate import Need, from_outcomes
from training.judging.prepare import Judging
from training.judging.whole_evaluation import evaluate_whole
from training.judging.workload import read_day
from training.need.known_need import Judged
from training.shipping.make_model import make_model

RULEBOOK = load(default_text())
N = 1_200
LAX = replace(SMALL_FIT, promise=replace(SMALL_FIT.promise, at_most=0.15, confidence=0.8))
"""So few contacts cannot show that 5 in 100 were missed; this promise they can."""


@cache
def small_rows() -> Rows:
    """`N` drawn contacts, half of the closed looked at again."""
    return drawn_rows(N, rechecked=0.5)


@cache
def fitted_folder() -> Path:
    """The folder of a small model of those contacts, as a fit leaves it."""
    room = Path(mkdtemp(prefix="whole-"))
    extract = small_extract(room)
    make_model(room / "small-1", extract, small_rows(), RULEBOOK, LAX, made_on=date(2026, 11, 23))
    return room / "small-1"


def small_extract(room: Path) -> Extract:
    """A history to be named by its digest; its contacts are drawn, and never read from it."""
    (room / "contacts.ndjson").write_text("{}\n")
    (room / "population.json").write_text("{}\n")
    return Extract(room, {}, {}, None)


@cache
def small_judging() -> Judging:
    """All that is judged, with a truth and with groups drawn by chance."""
    rows, folder = small_rows(), fitted_folder()
    model, extract = load_version(folder), small_extract(folder.parent)
    scored = score_again(rows, model, folder).scored
    need = from_outcomes(rows, scored)
    dice = np.random.default_rng(3)
    of = {
        one.name: tuple(dice.choice(["a", "b", "not recorded"], p=[0.6, 0.35, 0.05], size=N).tolist())
        for one in GROUPINGS
    }
    about = {
        "made_up_data": True,
        "history_sha256": extract.digest(),
        "own_history": True,
        "fitted_to": N,
        "contacts": N,
        "families": len(set(rows.families.tolist())),
        "from": "2024-01-01",
        "to": "2024-02-20",
        "ceiling_contacts": None,
        "published_figures": [],
    }
    return Judging(rows, of, scored, model, RULEBOOK, need, _truth(need), None, LAX, read_day(), about)


@cache
def _text() -> str:
    return json.dumps(evaluate_whole(small_judging()), allow_nan=False)


def small_figures() -> dict[str, Any]:
    """Its whole evaluation, as it comes back from its file; a new one each time, to be changed as wanted."""
    figures: dict[str, Any] = json.loads(_text())
    return figures


def _truth(need: Need) -> Need:
    """What was found, taken for the truth."""
    everybody = np.ones(N, dtype=np.bool_)
    as_number = need.yes.astype(np.float64)
    return Need(Judged.seen(need.yes, np.zeros(N)), need.yes, np.ones(N), as_number, everybody, "truth")

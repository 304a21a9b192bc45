"""A bias that is planted at one point along the way moves that point's figure and no other."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from screening.domain.decision import DecisionCode
from screening.rules.rulebook import default_text, load
from screening.triage.features import FEATURE_NAMES
from tests.training.drawn_rows import drawn_rows
from training.history.extract import open_extract
from training.history.groups import noting
from training.history.rows import Bools, Floats, Rows, read_rows
from training.judging.dials import dials
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER
from training.population.settings_check import checked_authority

N = 4_000
TURNED = "treated otherwise"
OF = np.where(np.random.default_rng(9).random(N) < 0.3, TURNED, "others")
FORM = [place for place, name in enumerate(FEATURE_NAMES) if name.startswith("form_")]


def left_out_0(found: list[dict[str, object]]) -> set[str]:
    """The dials at which the group that was treated otherwise surely differs."""
    row = next(row for row in found if row["group"] == TURNED)
    ends = {name: row[name]["interval"] for name in ("reported", "recorded", "decided")}  # type: ignore[index]  # figures are told loosely typed
    return {name for name, (low, high) in ends.items() if not low <= 0.0 <= high}


def with_features(rows: Rows, seen: Floats) -> Rows:
    return replace(rows, as_known=replace(rows.as_known, X=seen))


def reported_less(rows: Rows) -> Rows:
    """A shorter history, and people decide on that."""
    seen, dice = rows.as_known.X.copy(), np.random.default_rng(1)
    here, at = OF == TURNED, FEATURE_NAMES.index
    earlier = at("earlier_incidents")
    seen[here, earlier] = dice.binomial(seen[here, earlier].astype(int), 0.6)
    danger = 1.4 * seen[:, at("violence")] + 0.5 * seen[:, earlier] + 0.8 * seen[:, at("strangulation")]
    return decided_so(with_features(rows, seen), dice.random(N) < 1 / (1 + np.exp(danger - 1.5)))


def recorded_less(rows: Rows) -> Rows:
    seen, dice = rows.as_known.X.copy(), np.random.default_rng(1)
    lost = (seen[:, FORM] == 1.0) & (dice.random((N, len(FORM))) < 0.3) & (OF == TURNED)[:, None]
    seen[:, FORM] = np.where(lost, 0.0, seen[:, FORM])
    return with_features(rows, seen)


def closed_more(rows: Rows) -> Rows:
    dice = np.random.default_rng(1)
    turned = (OF == TURNED) & (dice.random(N) < 0.3)
    return decided_so(rows, turned | [made.closed for made in rows.decisions])


def decided_so(rows: Rows, closed: Bools) -> Rows:
    codes = (DecisionCode.ASSESSMENT, DecisionCode.NO_FURTHER_ACTION)
    decisions = zip(rows.decisions, closed.tolist(), strict=True)
    return replace(rows, decisions=tuple(replace(made, code=codes[shut]) for made, shut in decisions))


@pytest.mark.parametrize(
    ("plant", "moved"),
    [(lambda rows: rows, None), (reported_less, "reported"), (recorded_less, "recorded"), (closed_more, "decided")],
    ids=["nothing", "reported", "recorded", "decided"],
)
def test_the_right_figure_moves(plant: Callable[[Rows], Rows], moved: str | None) -> None:
    found = dials(plant(drawn_rows(N)), {"ethnicity": OF.tolist()}, seed=1)["ethnicity"]
    row = next(row for row in found if row["group"] == TURNED)

    assert left_out_0(found) == ({moved} if moved else set())
    if moved:
        assert (row[moved]["difference"] > 0.0) == (moved == "decided")  # type: ignore[index]  # figures are told loosely typed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dial", "moved"),
    [("", None), ("being_reported", "reported"), ("being_recorded", "recorded"), ("being_decided", "decided")],
)
def test_a_dial_of_a_whole_made_up_authority_moves_its_own_figure(dial: str, moved: str | None, tmp_path: Path) -> None:
    fair = checked_authority(SETTINGS_FOLDER / "reference.toml")
    bias = replace(fair.bias, reported=0.5, recorded=1.2, decided=0.6)
    turned = replace(fair, bias=replace(bias, **{dial: True}) if dial else bias)  # type: ignore[arg-type]  # a dial's name
    synthesise(turned, seed=17, contacts=4_000, out=tmp_path / "h", replace=False, progress=lambda _: None)
    extract = noting(open_extract(tmp_path / "h"))
    rows = read_rows(extract, load(default_text()))
    ethnicity = extract.groups_of(rows.references)["ethnicity"]
    of = [TURNED if one in {"Asian", "Black"} else "others" for one in ethnicity]

    assert left_out_0(dials(rows, {"ethnicity": of}, seed=1)["ethnicity"]) == ({moved} if moved else set())


def test_a_group_too_small_to_show_is_hidden_here_too() -> None:
    rows = drawn_rows(300)
    found = dials(rows, {"ethnicity": ["few"] * 5 + ["some"] * 20 + ["many"] * 275}, seed=1)["ethnicity"]

    assert [row["group"] for row in found if row.get("hidden")] == ["few", "some"]

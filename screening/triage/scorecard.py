"""The scorecard: two sums of tables that turn a contact's row into two probabilities, with every factor's share exact.

Data, not code: the same numbers as the fitted classifiers, without them. Nothing is learned here, and no contact and
no file is read (`model` does). Contributions are to the step "needs at least an assessment", in log-odds, against the
average contact: they add up to the raw score together with `Scorecard.average`.

The format, as JSON with no other names in it, `features` in the order of `FEATURE_NAMES`:

    {"format": 1,
     "features": [
       {"name": "weapon",
        "fitted_from": 0.0, "fitted_to": 2.0,      the lowest and highest value fitted on; outside is out of range
        "centre": 0.03,                            the mean of its assessment value over the contacts fitted on
        "early_help": {"thresholds": [0.25, 1.5], "values": [-0.1, 0.0, 0.4]},
        "assessment": {"thresholds": [1.5], "values": [0.0, 0.6]}},
       ...],
     "early_help": {"intercept": -0.9, "calibration": [[-50.0, -49.0], [50.0, 47.0]]},
     "assessment": {"intercept": -2.1, "calibration": [[-4.0, -3.7], [-1.0, -1.2], [2.0, 1.1]]}}

- A table has one value more than thresholds; thresholds rise. A value equal to a threshold goes left, as in
  scikit-learn: `values[number of thresholds below the value]`. A feature that is not used has `[]` and `[0.0]`.
- A step's raw score is its intercept and the sum of its tables' values, in log-odds.
- `calibration` maps the raw score to calibrated log-odds: knots `[raw, log-odds]`, at least two, raw strictly rising,
  log-odds never falling; straight lines between, and flat beyond the first and the last. A sigmoid a * raw + b is two
  knots far out (at -50 and 50); an isotonic fit is its corners, as log-odds.
- p = 1 / (1 + exp(-log-odds)); p(early help or more) is the larger of the two steps' probabilities.
- The values of a feature that rises never fall, in either step: a scorecard where they do is refused. So is any number
  that is not finite, and log-odds beyond 100.
"""

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from screening.domain.errors import ModelRefused, ScreeningError
from screening.domain.signals import Factor, Score
from screening.triage.features import FEATURE_NAMES, FEATURES
from screening.triage.model_json import as_list, as_number, as_numbers, as_object, as_text, exactly, read_object
from screening.triage.tables import Calibration, FeatureTables, Step, Table

REMEMBERED_VALUES = 1_024
"""Of each feature; most have three, counts and days have more."""


class _Share(NamedTuple):
    """What one value of one feature gives: its share of both steps, minus the size of its contribution, the factor.

    `outside` is the feature's name where the value lies outside what was fitted on, else ''.
    """

    early_help: float
    assessment: float
    minus_size: float
    factor: Factor
    outside: str


class _Shares(dict[float, _Share]):
    """One feature's shares by value, each worked out when its value first comes by."""

    def __init__(self, tables: FeatureTables, text: str) -> None:
        self._tables = tables
        self._text = text

    def __missing__(self, value: float) -> _Share:
        tables = self._tables
        share = tables.assessment.at(value)
        factor = Factor(tables.name, self._text, share - tables.centre)
        outside = "" if tables.fitted_from <= value <= tables.fitted_to else tables.name
        found = _Share(tables.early_help.at(value), share, -abs(factor.contribution), factor, outside)
        if len(self) < REMEMBERED_VALUES:
            self[value] = found
        return found


_SIZE = attrgetter("minus_size")


class RowNotFinite(ScreeningError):
    """A row of the wrong length, or one that holds NaN or an infinity: there is no score."""


class Scorecard:
    """A whole scorecard, checked. `model` is the name that its scores carry."""

    def __init__(self, features: Sequence[FeatureTables], early_help: Step, assessment: Step, *, model: str) -> None:
        _check(features)
        self.features = tuple(features)
        self.early_help = early_help
        self.assessment = assessment
        self.model = model
        self._shares = [_Shares(tables, feature.text) for tables, feature in zip(features, FEATURES, strict=True)]

    @classmethod
    def from_json(cls, text: str, model: str) -> "Scorecard":
        """The scorecard in `text`, in the format of this module's docstring. Raises `ModelRefused` with the fault."""
        where = "the scorecard"
        fields = exactly(read_object(text, where), ("format", "features", "early_help", "assessment"), where)
        if fields["format"] != 1:
            raise ModelRefused("the scorecard's format is not 1")
        features = [_read_feature(item, place) for place, item in enumerate(as_list(fields["features"], "features"))]
        return cls(
            features,
            _read_step(fields["early_help"], "the early help step"),
            _read_step(fields["assessment"], "the assessment step"),
            model=model,
        )

    @property
    def average(self) -> float:
        """The assessment step's raw score of the average contact, in log-odds: intercept and all centres."""
        return self.assessment.intercept + math.fsum(tables.centre for tables in self.features)

    def raw_scores(self, row: Sequence[float]) -> tuple[float, float]:
        """The raw scores of the early help and the assessment step, in log-odds. Raises `RowNotFinite`."""
        return self._sums(self._find(row))

    def probabilities(self, row: Sequence[float]) -> tuple[float, float]:
        """P(needs at least early help) and P(needs at least an assessment) of a row. Raises `RowNotFinite`."""
        return self._calibrated(*self._sums(self._find(row)))

    def score(self, row: Sequence[float]) -> Score:
        """The two probabilities of a row, its factors by size, and the features outside what was fitted on.

        Raises `RowNotFinite`.
        """
        found = self._find(row)
        p_early_help_or_more, p_assessment = self._calibrated(*self._sums(found))
        outside = [share.outside for share in found if share.outside]
        found.sort(key=_SIZE)
        return Score(
            p_assessment=p_assessment,
            p_early_help_or_more=p_early_help_or_more,
            model=self.model,
            factors=tuple([share.factor for share in found if share.minus_size]),
            out_of_range=tuple(outside),
        )

    def _find(self, row: Sequence[float]) -> list[_Share]:
        if len(row) != len(self._shares):
            raise RowNotFinite(f"a row of {len(row)} numbers, not {len(self._shares)}")
        # A single NaN or infinity makes the sum one too.
        if not math.isfinite(sum(row)):
            raise RowNotFinite("a row with a value that is no finite number")
        return [shares[value] for shares, value in zip(self._shares, row, strict=True)]

    def _sums(self, found: Sequence[_Share]) -> tuple[float, float]:
        # A correctly rounded sum never falls when one of its terms rises; another kind of sum may.
        return (
            self.early_help.intercept + math.fsum([share.early_help for share in found]),
            self.assessment.intercept + math.fsum([share.assessment for share in found]),
        )

    def _calibrated(self, early_help_raw: float, assessment_raw: float) -> tuple[float, float]:
        p_assessment = self.assessment.calibration.probability(assessment_raw)
        return max(self.early_help.calibration.probability(early_help_raw), p_assessment), p_assessment


def _check(features: Sequence[FeatureTables]) -> None:
    if tuple(tables.name for tables in features) != FEATURE_NAMES:
        raise ModelRefused("the scorecard was made for other features, or in another order")
    for feature, tables in zip(FEATURES, features, strict=True):
        if feature.rises and not (tables.early_help.never_falls and tables.assessment.never_falls):
            raise ModelRefused(f"feature {feature.name}: a declared risk that rises would lower the score")


def _read_feature(item: object, place: int) -> FeatureTables:
    where = f"feature {place}"
    names = ("name", "fitted_from", "fitted_to", "centre", "early_help", "assessment")
    fields = exactly(as_object(item, where), names, where)
    name = as_text(fields["name"], f"{where}'s name")
    where = f"feature {name}"
    try:
        return FeatureTables(
            name,
            as_number(fields["fitted_from"], "fitted_from"),
            as_number(fields["fitted_to"], "fitted_to"),
            as_number(fields["centre"], "centre"),
            _read_table(fields["early_help"], "early_help"),
            _read_table(fields["assessment"], "assessment"),
        )
    except ModelRefused as fault:
        raise ModelRefused(f"{where}: {fault}") from fault


def _read_table(value: object, where: str) -> Table:
    fields = exactly(as_object(value, where), ("thresholds", "values"), where)
    return Table(as_numbers(fields["thresholds"], "thresholds"), as_numbers(fields["values"], "values"))


def _read_step(value: object, where: str) -> Step:
    fields = exactly(as_object(value, where), ("intercept", "calibration"), where)
    knots = [as_numbers(knot, "knot") for knot in as_list(fields["calibration"], "calibration")]
    if any(len(knot) != 2 for knot in knots):
        raise ModelRefused(f"{where}: a knot is not a pair of raw score and log-odds")
    try:
        calibration = Calibration(tuple(knot[0] for knot in knots), tuple(knot[1] for knot in knots))
        return Step(as_number(fields["intercept"], "intercept"), calibration)
    except ModelRefused as fault:
        raise ModelRefused(f"{where}: {fault}") from fault

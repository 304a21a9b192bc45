"""The weights of near matches: `weights.toml` as a typed value. The shipped file is read once, at import."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import TypeVar

from screening.matching.likeness import BirthLikeness, NameLikeness, PlaceLikeness

Kind = TypeVar("Kind", bound=StrEnum)


class WeightsUnusable(ValueError):
    """The weights lack one, hold one too many, or hold something that is no whole number."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness counts for, and from which sum on a pair is a possible match."""

    possible_from: int
    name: Mapping[NameLikeness, int]
    birth: Mapping[BirthLikeness, int]
    place: Mapping[PlaceLikeness, int]
    different_nominal: int


def read_weights(text: str) -> Weights:
    """Read weights from TOML. Raises `WeightsUnusable` unless every likeness has exactly one whole number."""
    try:
        document: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise WeightsUnusable(f"the weights are no TOML: {fault}") from fault
    _hold_to(document, {"possible_from", "name", "birth", "place", "nominal"}, "the weights")
    nominal = _table(document, "nominal")
    _hold_to(nominal, {"different"}, "nominal")
    return Weights(
        possible_from=_whole(document["possible_from"], "possible_from"),
        name=_weights(document, "name", NameLikeness),
        birth=_weights(document, "birth", BirthLikeness),
        place=_weights(document, "place", PlaceLikeness),
        different_nominal=_whole(nominal["different"], "nominal.different"),
    )


def _weights(document: Mapping[str, object], name: str, kind: type[Kind]) -> dict[Kind, int]:
    table = _table(document, name)
    _hold_to(table, {str(likeness) for likeness in kind}, name)
    return {likeness: _whole(table[likeness], f"{name}.{likeness}") for likeness in kind}


def _table(document: Mapping[str, object], name: str) -> dict[str, object]:
    table = document[name]
    if not isinstance(table, dict):
        raise WeightsUnusable(f"{name} is no table")
    return table


def _hold_to(table: Mapping[str, object], wanted: set[str], where: str) -> None:
    if set(table) != wanted:
        raise WeightsUnusable(f"{where}: missing or not wanted: {', '.join(sorted(set(table) ^ wanted))}")


def _whole(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WeightsUnusable(f"{where} is no whole number")
    return value


SHIPPED = read_weights(files("screening.matching").joinpath("weights.toml").read_text(encoding="utf-8"))
"""The weights that this version of the service ships with."""

"""The report's section on where a gap between groups was made: in being reported, being recorded, or being decided."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.words import NONE, Section, Table, between, with_interval

EVERYBODY_IN = 2
"""Groups that a grouping parts everybody into; then one says the same as the other."""

DIALS = ("reported", "recorded", "decided")
DIAL_HEADS = ("being reported: earlier incidents", "being recorded: ticks", "being decided: closed (points)")
UNITS = {"reported": 1.0, "recorded": 1.0, "decided": 100.0}
FOUND_FOUR_IN_FIVE = (1.960 + 0.842) / (2 * 1.960)
"""Of the width of a 95% interval: the least difference that leaves 0 out of it four times in five."""


def dials_section(figures: Figures) -> Section:
    """Each group's difference at each point, what leaves 0 out, and what these contacts are too few to find."""
    titles = figures["groupings"]
    tables = [
        Table(titles[name], ("group", *DIAL_HEADS), [_dial_row(one) for one in found if not one.get("hidden")])
        for name, found in figures["dials"].items()
    ]
    held = [
        (f"{titles[name].lower()}, {one['group']}: being {dial}", one[dial]["interval"])
        for name, found in figures["dials"].items()
        for one in _not_mirrored(found)
        for dial in DIALS
    ]
    apart = [what for what, ends in held if _leaves_out_0(ends)]
    says = [
        (
            "Each figure is the group's own less that of all the others, once the incident, the children and what "
            "else was on record are taken into account. An interval that holds 0 says no more than that a difference "
            "above the least that would be found is unlikely; one that does not says where along the way to look, "
            "and neither by whom nor why."
        ),
        f"{len(apart)} of {len(held)} intervals leave 0 out, and about {len(held) / 20:.0f} would by chance alone"
        + (f": {'; '.join(apart)}." if apart else "."),
        *_made_with(figures["about"].get("dials_of_bias_on")),
    ]
    tables.append(_least_found(figures))
    return Section("dials", "Where a gap is made: reported, recorded or decided", says, tables)


def _not_mirrored(found: Sequence[Figures]) -> list[Figures]:
    """Those shown; of two that are everybody, the first, since the other says the same with its sign turned."""
    shown = [one for one in found if not one.get("hidden")]
    return shown[:1] if len(found) == EVERYBODY_IN else shown


def _made_with(on: Sequence[str] | None) -> list[str]:
    """What is known of a made-up history alone."""
    if on is None:
        return []
    if on:
        return [f"This made-up history was made with bias on being {', '.join(on)}."]
    return [
        "This made-up history was made without bias, so whatever leaves 0 out here is chance, or a difference in need."
    ]


def _least_found(figures: Figures) -> Table:
    """What the intervals could have shown at all, so that silence is not read as fairness."""
    rows = [
        [
            f"{figures['groupings'][name].lower()}, {one['group']}",
            *(_found_from(one[dial]["interval"], UNITS[dial]) for dial in DIALS),
        ]
        for name, found in figures["dials"].items()
        for one in found
        if not one.get("hidden")
    ]
    return Table("The least difference that would be found four times in five", ("group", *DIAL_HEADS), rows)


def _found_from(ends: list[float] | None, unit: float) -> str:
    """What is smaller, these contacts are too few to find."""
    return NONE if ends is None else f"{unit * FOUND_FOUR_IN_FIVE * (ends[1] - ends[0]):.2f}"


def _dial_row(one: Figures) -> list[str]:
    reported, recorded, decided = (one[name] for name in ("reported", "recorded", "decided"))
    return [
        one["group"],
        *(
            NONE if dial["difference"] is None else f"{dial['difference']:+.2f}\n{between(dial['interval'], 'number')}"
            for dial in (reported, recorded)
        ),
        with_interval(decided["difference"], decided["interval"], "points"),
    ]


def _leaves_out_0(ends: list[float] | None) -> bool:
    return ends is not None and not ends[0] <= 0.0 <= ends[1]

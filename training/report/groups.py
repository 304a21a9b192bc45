"""The report's sections on groups: who lies above the promise, what is suggested to each, what is missed of each.

Where a gap was made is asked last. Everything is shown as it was hidden or not when it was judged.
"""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Chart, Dot, dots
from training.report.dials import dials_section
from training.report.words import (
    BY_DESIGN,
    NONE,
    TOO_FEW,
    Section,
    Table,
    between,
    count,
    percent,
    points,
    with_interval,
)

WHO = {"suggestion": "suggested for no further action", "people": "closed by people"}
CLOSED = {"suggestion": "NFA", "people": "closed"}
RESPONSES = {"no_further_action": "NFA", "undetermined": "a person must look", "early_help": "early help"}
RESPONSES |= {"assessment": "assessment"}
LEAST_GROUPS = 2

SO_JUDGED = (
    "Groups are judged so that a score that is wrong about a group does not judge itself: by what was found, what came "
    "to light and second looks in that group. Everybody's figure is told in the same way here, so it differs from the "
    "first page's, and is less sure: its interval may reach above the promise where the first page's does not."
)
MANY = (
    "With so many groups about one interval in twenty lies apart from the truth by chance alone; a group that lies "
    "above again on another history is a finding, and one that does so once is a question."
)


def group_sections(figures: Figures) -> list[Section]:
    """Who lies above the promise, one section a grouping, and one that asks where gaps were made."""
    titles, promised = figures["groupings"], figures["model"]["promise"]["at_most"]
    responses = figures["abstention"]["by_group"]
    return [
        _above(figures),
        *(_group(name, titles[name], found, responses[name], promised) for name, found in figures["fairness"].items()),
        dials_section(figures),
    ]


def above_the_promise(figures: Figures) -> list[tuple[str, Figures]]:
    """Groups of which more is missed than is promised of all together, by name, the highest first."""
    promised = figures["model"]["promise"]["at_most"]
    above = [(name, one) for name, one in _judged(figures) if one["missed_among_closed"]["value"] > promised]
    return sorted(above, key=lambda pair: (-pair[1]["missed_among_closed"]["value"], pair[0]))


def shown_of_all(figures: Figures) -> int:
    """How many groups have a share missed that is shown."""
    return len(_judged(figures))


def _judged(figures: Figures) -> list[tuple[str, Figures]]:
    """Every group of which a share missed is shown, with what the suggestion comes to for it."""
    return [
        (f"{figures['groupings'][name]}: {named(name, one['group'])}", one["suggestion"])
        for name, found in figures["fairness"].items()
        for one in found["groups"]
        if not one.get("hidden")
        and not one["suggestion"].get("hidden")
        and one["suggestion"]["missed_among_closed"]["value"] is not None
    ]


def named(grouping: str, group: str) -> str:
    """A group's name; a force is told by its code, which alone would read as a number."""
    return f"force {group}" if grouping == "force" and group.isdigit() else group


def _above(figures: Figures) -> Section:
    promised = figures["model"]["promise"]["at_most"]
    above = above_the_promise(figures)
    surely = [name for name, one in above if _ends(one)[0] > promised]
    if not figures["suggested_nfa"]["n"]:
        return Section("groups-above", "Groups above the promise", ["No promise is kept, so no group has one."])
    surely_below = [name for name, one in _judged(figures) if _ends(one)[1] <= promised]
    unsure = shown_of_all(figures) - len(surely) - len(surely_below)
    says = [
        (
            f"The promise, at most {percent(promised, 0)} missed, is kept for all contacts together and guaranteed for "
            f"no group: {len(above)} of the {shown_of_all(figures)} groups that can be shown lie above it, "
            f"{len(surely)} of them with the whole interval{_listed(surely)}. With the whole interval at or below it "
            f"lie {len(surely_below)}{_listed(surely_below)}. Of the other {unsure} it cannot be said."
        ),
        *_more_of_need(figures),
        MANY,
        SO_JUDGED,
    ]
    rows = [[name, *_missed_cells(one)] for name, one in above]
    head = ("group", "suggested NFA", "in need of these", "second looks", "from all (points)")
    tables = [Table("Groups above the promise, the highest first", head, rows, need=BY_DESIGN)] if rows else []
    return Section("groups-above", "Groups above the promise", says, tables)


def _ends(one: Figures) -> Sequence[float]:
    ends: Sequence[float] = one["missed_among_closed"]["interval"] or (0.0, 1.0)
    return ends


def _listed(names: Sequence[str]) -> str:
    return f" ({'; '.join(names)})" if names else ""


def _more_of_need(figures: Figures) -> list[str]:
    """The groups of whose need surely more is closed than of everybody's: by the suggestion, and by people."""
    told = []
    for who, does in (("suggestion", "it suggests closing"), ("people", "people closed")):
        more = [
            f"{figures['groupings'][name].lower()}, {named(name, one['group'])} ({_apart(one[who]['of_need_closed'])})"
            for name, found in figures["fairness"].items()
            for one in found["groups"]
            if not one.get("hidden")
            and not one[who].get("hidden")
            and (one[who]["of_need_closed"]["from_all_interval"] or [0.0])[0] > 0.0
        ]
        if more:
            told.append(f"Of those in need, {does} surely more than of all together: {'; '.join(more)}.")
    return told


def _apart(rate: Figures) -> str:
    return f"{points(rate['from_all'])} points, {between(rate['from_all_interval'], 'points')}"


def _missed_cells(one: Figures) -> list[str]:
    if one.get("hidden"):
        return [TOO_FEW, NONE, NONE, NONE]
    missed = one["missed_among_closed"]
    return [
        count(one["n_closed"]),
        with_interval(missed["value"], missed["interval"]),
        count(one["second_looks"]),
        NONE
        if missed["from_all"] is None
        else with_interval(missed["from_all"], missed["from_all_interval"], "points"),
    ]


def _group(name: str, title: str, found: Figures, responses: Sequence[Figures], promised: float) -> Section:
    shown = [one for one in found["groups"] if not one.get("hidden")]
    hidden = ", ".join(named(name, one["group"]) for one in found["groups"] if one.get("hidden"))
    says = [f"Too few to show, or hidden so that too few cannot be worked out: {hidden}."] if hidden else []
    key, heading = f"by-{name}", f"By group: {title[0].lower()}{title[1:]}"
    if len(shown) < LEAST_GROUPS:
        alone = [f"Only {named(name, one['group'])} could be shown, which is nearly everybody." for one in shown]
        return Section(key, heading, [*says, *alone])
    tables = [
        _responses(name, title, responses),
        *(_missed_table(name, title, shown, found["everybody"], who) for who in WHO),
    ]
    chart = _chart(name, title, shown, found["everybody"], promised)
    return Section(key, heading, says, tables, [chart] if chart else [])


def _responses(name: str, title: str, groups: Sequence[Figures]) -> Table:
    rows = [
        [f"{named(name, one['group'])} ({count(one['n'])})", *(_share(one["responses"][code]) for code in RESPONSES)]
        for one in groups
        if not one.get("hidden")
    ]
    return Table(f"{title}: what is suggested", ("group (contacts)", *RESPONSES.values()), rows)


def _share(one: Figures) -> str:
    return TOO_FEW if one.get("hidden") else with_interval(one["share"], one["interval"])


def _missed_table(name: str, title: str, shown: list[Figures], everybody: Figures, who: str) -> Table:
    rows = [
        [f"{label} ({_closed(one[who])})", *_rates(one[who])]
        for label, one in [*((named(name, one["group"]), one) for one in shown), ("everybody", everybody)]
    ]
    closed = CLOSED[who]
    head = (
        f"group ({'suggested NFA' if who == 'suggestion' else 'closed'})",
        "in need of these",
        "second looks",
        "from all (points)",
        f"of those in need, {closed}",
        "not in need, kept open",
    )
    return Table(f"{title}: {WHO[who]}", head, rows, need=BY_DESIGN)


def _closed(one: Figures) -> str:
    return TOO_FEW if one.get("hidden") else count(one["n_closed"])


def _rates(one: Figures) -> list[str]:
    if one.get("hidden"):
        return [NONE] * 5
    others = [one[rate] for rate in ("of_need_closed", "of_the_rest_kept")]
    return [*_missed_cells(one)[1:], *(with_interval(rate["value"], rate["interval"]) for rate in others)]


def _chart(name: str, title: str, shown: list[Figures], everybody: Figures, promised: float) -> Chart | None:
    rows = [
        Dot(named(name, one["group"]), max(0.0, rate["value"]), rate["interval"])
        for one in shown
        if (rate := one["suggestion"].get("missed_among_closed")) and rate["value"] is not None
    ]
    if not rows:
        return None
    closed = WHO["suggestion"]
    told = f"{title}: in need of an assessment, of those {closed}; need {BY_DESIGN}"
    lines = {f"the promise: at most {percent(promised, 0)}": promised}
    of_all = everybody["suggestion"]["missed_among_closed"]["value"]
    if of_all is not None:
        lines = {"everybody": max(0.0, of_all)} | lines
    return dots(f"{name}-missed", told, Axis(f"in need, of those {closed}"), rows, lines)

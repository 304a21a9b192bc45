"""The report's sections on groups: what the suggestion and people come to for each, and where a gap was made."""

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Dot, dots
from training.report.words import NONE, TOO_FEW, Section, Table, between, count, with_interval

WHO = {"suggestion": "the suggestion", "people": "people"}
CLOSED = {"suggestion": "suggested NFA", "people": "closed"}
RATES = {
    "missed_among_closed": "of {closed}, in need",
    "of_need_closed": "of those in need, {closed}",
    "closed": "{closed}, of all",
    "of_the_rest_kept": "of those not in need, kept open",
}


def group_sections(figures: Figures) -> list[Section]:
    """One section a grouping, and one that asks where gaps were made."""
    titles = figures["groupings"]
    return [*(_group(name, titles[name], found) for name, found in figures["fairness"].items()), _dials(figures)]


SO_JUDGED = (
    "Groups are judged so that a score that is wrong about a group does not judge itself: by what was found, what came "
    "to light and second looks in that group alone. Everybody's figure may differ a little from the first page's."
)


def _group(name: str, title: str, found: Figures) -> Section:
    shown = [one for one in found["groups"] if not one.get("hidden")]
    says = [
        f"{one['group'].capitalize()}: {count(one['n'])} contacts." for one in shown if one["group"] == "not recorded"
    ]
    if len(shown) < len(found["groups"]):
        hidden = ", ".join(one["group"] for one in found["groups"] if one.get("hidden"))
        says.append(f"Too few to show, or hidden so that too few cannot be worked out: {hidden}.")
    charts = []
    for who in WHO:
        rows = [
            Dot(one["group"], rate["value"], rate["interval"])
            for one in shown
            if (rate := one[who].get("missed_among_closed")) and rate["value"] is not None
        ]
        everybody = found["everybody"][who]["missed_among_closed"]["value"]
        closed = "suggested for no further action" if who == "suggestion" else "closed by people"
        if rows:
            title_ = f"{title}: in need of an assessment, of those {closed}"
            charts.append(dots(f"{name}-{who}", title_, Axis(f"in need, of those {closed}"), rows, everybody))
    tables = [_table(title, shown, found["everybody"], who) for who in WHO]
    return Section(f"by-{name}", f"By group: {title[0].lower()}{title[1:]}", says, tables, charts)


def _table(title: str, shown: list[Figures], everybody: Figures, who: str) -> Table:
    head = (
        "group",
        "contacts",
        CLOSED[who],
        *(rate.format(closed=CLOSED[who]) for rate in RATES.values()),
        "missed, from all (points)",
    )
    rows = [[one["group"], count(one["n"]), *_cells(one[who])] for one in shown] + [
        ["everybody", count(everybody["n"]), *_cells(everybody[who])]
    ]
    return Table(f"{title}: {WHO[who]}", head, rows)


def _cells(one: Figures) -> list[str]:
    if one.get("hidden"):
        return [TOO_FEW, *(NONE for _ in RATES), NONE]
    missed = one["missed_among_closed"]
    apart = (
        NONE if missed["from_all"] is None else with_interval(missed["from_all"], missed["from_all_interval"], "points")
    )
    return [
        count(one["n_closed"]),
        *(with_interval(one[rate]["value"], one[rate]["interval"]) for rate in RATES),
        apart,
    ]


def _dials(figures: Figures) -> Section:
    titles = figures["groupings"]
    head = ("group", "being reported: earlier incidents", "being recorded: ticks", "being decided: closed (points)")
    tables = [
        Table(titles[name], head, [_dial_row(one) for one in found if not one.get("hidden")])
        for name, found in figures["dials"].items()
    ]
    held = [
        (f"{titles[name].lower()}, {one['group']}: being {dial}", one[dial]["interval"])
        for name, found in figures["dials"].items()
        for one in found
        if not one.get("hidden")
        for dial in ("reported", "recorded", "decided")
    ]
    apart = [what for what, ends in held if _leaves_out_0(ends)]
    says = [
        (
            "Each figure is the group's own less that of all the others, once the incident, the children and what "
            "else was on record are taken into account. An interval that holds 0 says nothing; one that does not "
            "says where along the way to look, and neither by whom nor why."
        ),
        f"{len(apart)} of {len(held)} intervals leave 0 out, and about {len(held) / 20:.0f} would by chance alone"
        + (f": {'; '.join(apart)}." if apart else "."),
    ]
    return Section("dials", "Where a gap is made: reported, recorded or decided", says, tables)


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

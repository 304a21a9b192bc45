"""The report on the score: what it is held against, what its chances and acting on them are worth, what it reads."""

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Dot, against_diagonal, dots, lines
from training.report.words import NONE, Section, Table, between, count, number, percent, points, with_interval

OURS = "this model"
CEILING = "attainable ceiling"
FACTORS_SHOWN = 30
ENOUGH_FOR_A_CEILING = 500_000


def ranking_sections(figures: Figures) -> list[Section]:
    """The sections that an analyst reads."""
    return [_comparison(figures), _calibration(figures), _decision_curve(figures), _factors(figures)]


def _comparison(figures: Figures) -> Section:
    judged = [(f"judged by {figures['judged_by']}", "found", figures["comparison"])]
    if "by_truth" in figures:
        judged.append(("judged by the truth, which only made-up data has", "truth", figures["by_truth"]["comparison"]))
    tables, charts = [], []
    for how, key, compared in judged:
        tables += [_ranked(compared, how), _at_own_points(compared, how)]
        rows = [Dot(name, one["area"]["value"], one["area"]["interval"]) for name, one in compared.items()]
        title = f"Area under the curve for needing an assessment, {how}"
        charts.append(dots(f"areas-{key}", title, Axis("area under the curve", percent=False), rows, 0.5))
    early = figures["early_help"]
    says = [
        (
            "All are held against the same contacts. Each way of learning was fitted without the families that it is "
            "judged on. A lead above 0 means better than this model; one whose interval holds 0 says nothing."
        ),
        (
            "The share closed at our misses is what each could suggest for no further action, under the same rules, "
            "while missing as large a share as this model does."
        ),
        (
            f"For needing at least early help the area is {number(early['area'])} "
            f"({between((early['lower'], early['upper']), 'number')})."
        ),
        *_ceiling(figures),
    ]
    return Section("others", "Against everything else", says, tables, charts)


def _ceiling(figures: Figures) -> list[str]:
    """How near this model comes to what the record can tell at most; or that nobody knows."""
    of = figures["about"]["ceiling_contacts"]
    if of is None:
        return [
            (
                "There is no attainable ceiling here: it takes very many other contacts of the same authority, and "
                "was not given. On an authority's own extract there is none."
            )
        ]
    compared = figures["by_truth"]["comparison"] if "by_truth" in figures else figures["comparison"]
    mine, most = compared[OURS], compared[CEILING]
    lift = (mine["area"]["value"] - 0.5) / (most["area"]["value"] - 0.5)
    closed = [one["share_closed_at_our_misses"]["value"] for one in (mine, most)]
    of_closed = f"{closed[0] / closed[1]:.2f} of what it could close" if closed[1] else "and it could close nothing"
    return [
        (
            f"The attainable ceiling is an unconstrained model fitted to {count(of)} other contacts of the same "
            f"authority. This model has {lift:.2f} of its lift over chance, {of_closed} at the same misses."
            + ("" if of >= ENOUGH_FOR_A_CEILING else " With so few it may lie below what could be attained.")
        )
    ]


def _ranked(compared: Figures, how: str) -> Table:
    head = ("", "area", "lead", "average precision", "closed at our misses", "lead, in points")
    rows = []
    for name, one in compared.items():
        area, precision, closed = one["area"], one["average_precision"], one["share_closed_at_our_misses"]
        rows.append(
            [
                name,
                with_interval(area["value"], area["interval"], "number"),
                _lead(area, "number"),
                with_interval(precision["value"], precision["interval"], "number"),
                with_interval(closed["value"], closed["interval"]),
                _lead(closed, "points"),
            ]
        )
    return Table(f"Putting contacts in order, {how}", head, rows)


def _lead(one: Figures, how: str) -> str:
    if one["lead"] is None:
        return NONE
    value = points(one["lead"]) if how == "points" else f"{one['lead']:+.3f}"
    return f"{value}\n{between(one['lead_interval'], how)}"


def _at_own_points(compared: Figures, how: str) -> Table:
    rows = [
        [
            name,
            count(own["closed"]),
            percent(own["share_closed"]),
            with_interval(own["missed"], own["interval"]),
        ]
        for name, one in compared.items()
        if (own := one["at_its_own_point"])
    ]
    return Table(f"Those that close at a point of their own, {how}", ("", "closed", "of all", "in need of these"), rows)


def _calibration(figures: Figures) -> Section:
    found = figures["calibration"]
    told = [one for one in found["tenths"] if one["found"] is not None]
    rows = [
        [
            str(place),
            count(one["n"]),
            count(one["looked_at"]),
            percent(one["expected"]),
            with_interval(one["found"], one["interval"]),
        ]
        for place, one in enumerate(found["tenths"], start=1)
    ]
    chart = against_diagonal(
        "calibration",
        "Chance given against need found, in tenths of the contacts",
        Axis("chance given"),
        Axis("need found"),
        [(one["expected"], Dot("", one["found"], one["interval"])) for one in told],
    )
    over, slope = found["expected_over_found"], found["slope"]
    says = [
        (
            f"Expected need over found need: {number(over['value'], 2)} ({between(over['interval'], 'number')}). "
            f"Slope of the odds: {number(slope['value'], 2)} ({between(slope['interval'], 'number')}). 1 is right for "
            "both."
        ),
        "Only contacts that somebody looked at count here, each standing for as many as it was drawn from.",
    ]
    table = Table("Tenths by rising chance", ("tenth", "contacts", "looked at", "chance given", "need found"), rows)
    return Section("calibration", "Does a chance mean what it says?", says, [table], [chart] if told else [])


def _decision_curve(figures: Figures) -> Section:
    curve = figures["decision_curve"]
    chances = curve["chance"]
    who = [name for name in curve if name != "chance"]
    # Assessing everybody falls so far that all else would lie on one line, so it leaves the chart at the bottom.
    shown = {
        name: [(chance, value) for chance, value in zip(chances, curve[name], strict=True) if value > -0.05]
        for name in who
    }
    chart = lines(
        "decision",
        "Net benefit of acting on each, by the chance from which an assessment is thought worth it",
        Axis("an assessment is thought worth it from a chance of"),
        Axis("net benefit", percent=False, ends=(-0.05, max(curve["everybody"]) * 1.1)),
        {name: line for name, line in shown.items() if line},
    )
    rows = [[percent(chance, 0), *(number(curve[name][place]) for name in who)] for place, chance in enumerate(chances)]
    says = [
        (
            "Whoever would rather assess nineteen families needlessly than miss one acts from 5%. Net benefit is the "
            "share of contacts rightly assessed, less the share needlessly assessed at that price. Higher is better."
        )
    ]
    table = Table("Net benefit", ("from a chance of", *who), rows)
    return Section("decision-curve", "What acting on it is worth", says, [table], [chart])


def _factors(figures: Figures) -> Section:
    rows = [
        [one["text"], number(one["moves"], 2), number(one["span"], 2)]
        for one in figures["factors"][:FACTORS_SHOWN]
        if one["moves"] > 0.0
    ]
    unused = [one["text"] for one in figures["factors"] if not one["span"]]
    says = [
        (
            "In the words that workers see. A declared risk that rises never lowers the score. Names, sex, ethnicity, "
            "language, religion, nationality, disability, school and area are not read."
        ),
        *([f"Read, and moving nothing: {'; '.join(unused)}."] if unused else []),
    ]
    table = Table(
        f"The {len(rows)} that move most contacts most, in log-odds",
        ("factor", "moves a contact by", "from least to most"),
        rows,
    )
    return Section("factors", "What the score reads", says, [table])

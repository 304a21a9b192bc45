"""The report on the score: what it is held against, what its chances and acting on them are worth."""

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, Dot, against_diagonal, dots, lines
from training.report.verdict import SCORE, SUGGESTED, against_nobody, benefit_of, where_it_acts
from training.report.words import (
    BY_DESIGN,
    LOOKED_AT,
    NONE,
    TRUTH,
    Section,
    Table,
    benefit,
    between,
    count,
    in_brackets,
    number,
    percent,
    points,
    signed,
    with_interval,
)

WORKLOAD = "the share of contacts that the score may add to assessments (fitting.toml, [workload])"
OURS = "this model"
CEILING = "attainable ceiling"
ENOUGH_FOR_A_CEILING = 500_000
TENTHS = 10
"""Chances in hundredths, every so many of which have their net benefit told with an interval."""

PEOPLE = "past workers"
ACTING = (SUGGESTED, SCORE, "rules alone", PEOPLE)
"""Who acts, in the table of net benefits with intervals."""


def ranking_sections(figures: Figures) -> list[Section]:
    """The sections that an analyst reads."""
    return [_comparison(figures), _calibration(figures), _decision_curve(figures)]


def _comparison(figures: Figures) -> Section:
    judged = [(LOOKED_AT, figures["comparison"])]
    if "by_truth" in figures:
        judged.append((TRUTH, figures["by_truth"]["comparison"]))
    tables = [make(compared, how) for how, compared in judged for make in (_ranked, _at_own_points)]
    rows = [Dot(name, one["area"]["value"], one["area"]["interval"]) for name, one in figures["comparison"].items()]
    title = f"Area under the curve for needing an assessment (dashed: chance); need {LOOKED_AT}"
    chart = dots("areas", title, Axis("area under the curve", percent=False), rows, 0.5)
    early = figures["early_help"]
    says = [
        (
            "All are held against the same contacts. Each way of learning was fitted without the families that it is "
            "judged on. A difference above 0 means better than this model; one whose interval holds 0 says nothing."
        ),
        (
            "The share closed at our misses is what each could suggest for no further action, under the same rules, "
            "while missing as large a share as this model does. The point is chosen with hindsight, on the contacts "
            "that it is judged on, so the figure is too high for all of them, and its own interval would cover the "
            "truth badly: only the difference from this model has one. This model's own figure there is not the share "
            "that its threshold closes, which the promise keeps down."
        ),
        (
            f"For needing at least early help the area is {number(early['area'])} "
            f"({between((early['lower'], early['upper']), 'number')})."
        ),
        *_ceiling(figures),
    ]
    return Section("others", "Against everything else", says, tables, [chart])


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
    head = (
        "",
        "area",
        "area beyond this model's",
        "average precision",
        "closed at our misses, with hindsight",
        "closes beyond this model (points)",
    )
    rows = []
    for name, one in compared.items():
        area, precision, closed = one["area"], one["average_precision"], one["share_closed_at_our_misses"]
        rows.append(
            [
                name,
                with_interval(area["value"], area["interval"], "number"),
                _lead(area, "number"),
                with_interval(precision["value"], precision["interval"], "number"),
                percent(closed["value"]),
                _lead(closed, "points"),
            ]
        )
    return Table("Putting contacts in order", head, rows, need=how)


def _lead(one: Figures, how: str) -> str:
    if one["lead"] is None:
        return NONE
    value = points(one["lead"]) if how == "points" else signed(one["lead"], 3)
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
    head = ("", "closed", "of all", "in need of these")
    return Table("Those that close at a point of their own", head, rows, need=how)


def _calibration(figures: Figures) -> Section:
    found = figures["calibration"]
    told = [one for one in found["tenths"] if one["found"] is not None]
    rows = [
        [
            str(place),
            count(one["n"]),
            f"{count(one['looked_at'])}\n{count(one['in_need'])}",
            percent(one["expected"]),
            with_interval(one["found"], one["interval"]),
        ]
        for place, one in enumerate(found["tenths"], start=1)
    ]
    chart = against_diagonal(
        "calibration",
        f"Chance given against need found, in tenths of the contacts; need {LOOKED_AT}",
        Axis("chance given"),
        Axis("need found"),
        [(one["expected"], Dot("", one["found"], one["interval"])) for one in told],
    )
    over, slope = found["expected_over_found"], found["slope"]
    says = [
        (
            f"{count(found['n'])} contacts were looked at, {count(found['in_need'])} of them in need. Expected need "
            f"over found need: {number(over['value'], 2)} ({between(over['interval'], 'number')}). "
            f"Slope of the odds: {number(slope['value'], 2)} ({between(slope['interval'], 'number')}). 1 is right for "
            "both."
        ),
    ]
    head = ("tenth", "contacts", "looked at, and in need", "chance given", "need found")
    table = Table("Tenths by rising chance", head, rows, need=LOOKED_AT)
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
        f"Net benefit of acting on each, by the chance from which an assessment is thought worth it; need {LOOKED_AT}",
        Axis("an assessment is thought worth it from a chance of"),
        Axis("net benefit", percent=False, ends=(-0.05, max(curve["everybody"]) * 1.1)),
        {name: line for name, line in shown.items() if line},
        _operating_points(figures["model"]["thresholds"], chances),
    )
    told = [name for name in who if name != "nobody"]
    rows = [
        [percent(chance, 0), *(number(curve[name][place]) for name in told)] for place, chance in enumerate(chances)
    ]
    says = [
        (
            "Whoever would rather assess nineteen families needlessly than miss one acts from 5%. Net benefit is the "
            "share of contacts rightly assessed, less the share needlessly assessed at that price. Higher is better."
        ),
        *_worth(figures["decision_points"]),
        *_rules_cost(figures["decision_points"]),
    ]
    table = Table("Net benefit", ("from a chance of", *told), rows, need=LOOKED_AT)
    return Section(
        "decision-curve", "What acting on it is worth", says, [_points(figures["decision_points"]), table], [chart]
    )


def _operating_points(thresholds: Figures, chances: list[float]) -> dict[str, float]:
    """Where the model acts, of what the chart shows."""
    points_ = {"NFA up to here": thresholds["nfa_upto"], "assessment from here": thresholds["assessment_from"]}
    return {name: at for name, at in points_.items() if at is not None and at <= max(chances)}


def _rules_cost(found: Figures) -> list[str]:
    """What rules cost or add where this model suggests an assessment, and why."""
    return [
        (
            f"There rules change the score's net benefit by "
            f"{in_brackets(benefit(one['rules_less_score'], with_sign=True))}. {_held(one)} Rules are there for the "
            "harm that law and guidance name, which is rare and grave and which no average counts."
        )
        for one in where_it_acts(found)
    ]


def _worth(found: Figures) -> list[str]:
    """What the curve says where this model acts, in words."""
    return [
        (
            f"This model suggests an assessment from a chance of {percent(one['chance'])}. That follows from a stated "
            f"workload, {WORKLOAD}, and not from this curve. There acting on its suggestions has a net benefit of "
            f"{benefit_of(one, SUGGESTED)}, on the score alone {benefit_of(one, SCORE)}, as past workers did "
            f"{benefit_of(one, PEOPLE)}, and assessing nobody 0. The suggestions are "
            f"{against_nobody(one['who'][SUGGESTED])} at this price. {_against_people(one['who'])}"
        )
        for one in where_it_acts(found)
    ]


def _against_people(who: Figures) -> str:
    ours, theirs = (who.get(name, {}).get("interval") for name in (SUGGESTED, PEOPLE))
    if not ours or not theirs:
        return "Whether they are better than past workers cannot be said."
    if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        return "Their interval and that of past workers overlap, so they are not shown to be better than those either."
    return f"Their whole interval lies {'above' if ours[0] > theirs[1] else 'below'} that of past workers."


def _held(one: Figures) -> str:
    held = one["held_below"]
    if not held["n"]:
        return "They hold no contact whose chance is lower."
    need = in_brackets(with_interval(held["share"], held["interval"]))
    return (
        f"Of {count(held['n'])} contacts that they hold though the chance is lower, {need} had needed an assessment "
        f"(need {BY_DESIGN}); where that is less than {percent(one['chance'])}, holding them costs by this sum."
    )


def _points(found: Figures) -> Table:
    rows = [
        [
            f"{percent(one['chance'])}{', this model' if one['shipped'] else ''}",
            *(benefit(one["who"].get(name)) for name in ACTING),
            benefit(one["rules_less_score"], with_sign=True),
        ]
        for one in found["points"]
        if one["shipped"] or round(100 * one["chance"]) % TENTHS == 0
    ]
    head = ("from a chance of", *ACTING, "what rules add")
    caption = (
        f"Net benefit at some chances, of {count(found['n'])} contacts looked at, {count(found['in_need'])} in need"
    )
    return Table(caption, head, rows, need=LOOKED_AT)

"""The report's last sections: where it abstains, rules, months, worst misses, the data, gaps, and what it ran on."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.charts import Axis, lines
from training.report.words import NONE, Section, Table, count, day, number, percent, response, share, with_interval


def detail_sections(figures: Figures) -> list[Section]:
    """The sections that one turns to with a question."""
    return [
        _abstention(figures),
        _rules(figures),
        _months(figures),
        _worst(figures),
        _data(figures),
        *_published(figures["about"]["published_figures"]),
        _gaps(figures),
        _environment(figures),
    ]


def _abstention(figures: Figures) -> Section:
    found = figures["abstention"]
    rows = [[reason, share(one)] for reason, one in found["by_reason"].items()]
    says = [
        (
            f"For {count(found['n'])} of {count(found['of'])} contacts ({percent(found['n'] / found['of'])}) it says "
            f"that it cannot suggest and a person must look. In need of an assessment: {share(found['need'])}."
        )
    ]
    return Section("abstains", "Where it cannot suggest", says, [Table("By reason", ("reason", "in need"), rows)])


def _rules(figures: Figures) -> Section:
    found = figures["rules"]
    rows = [
        [
            f"{one['rule']} {one['wording']}",
            ", ".join(one["effects"]).replace("_", " "),
            f"{count(one['n'])} ({percent(one['share'])})",
            percent(one["need_when_fired"]) if one["n"] else NONE,
            percent(one["share_of_all_need"]),
            f"{count(one['lowered_without'])} ({count(one['in_need_of_these'])})",
            f"{count(one['to_nfa_without'])} ({count(one['in_need_of_those'])})",
        ]
        for one in found["rules"]
    ]
    head = (
        "rule", "does", "fires on", "in need when it fires", "of all need",
        "lowered without it (in need)", "to NFA without it (in need)",
    )  # fmt: skip  # one head
    says = [
        (
            f"Rules alone hold {percent(found['held_at_assessment'])} of contacts at an assessment, which hold "
            f"{percent(found['share_of_need_held'])} of all need, and {percent(found['held_at_early_help'])} at early "
            f"help. Enquiries are on {percent(found['enquiries'])}; too little is known of "
            f"{percent(found['too_little'])}; {percent(found['open_to_nfa'])} can still be suggested for no further "
            "action."
        ),
        *(f"Over budget: {fault}." for fault in found["over_budget"]),
        (
            "The last two columns suggest again without one rule: what only it raises is what it adds, and those of "
            "them not in need are what it costs. A rule that others or the score repeat adds nothing by itself."
        ),
    ]
    return Section("rules", "What each rule adds and costs", says, [Table("Every rule", head, rows)])


def _months(figures: Figures) -> Section:
    months = figures["months"]
    rows = [
        [
            one["month"],
            count(one["n"]),
            percent(one["suggested_nfa"]),
            with_interval(one["missed"]["share"], one["missed"]["interval"]) if one["missed"] else "too few to show",
            percent(one["mean_chance"]),
            percent(one["need"]["share"]),
            number(one["area"], 2),
        ]
        for one in months
    ]
    chart = lines(
        "months",
        "Month by month: suggested for no further action, missed of these, chance given and need found",
        Axis("months from the first", percent=False),
        Axis("share"),
        {
            "suggested NFA": [(place, one["suggested_nfa"]) for place, one in enumerate(months)],
            "missed of these": [(place, one["missed"]["share"]) for place, one in enumerate(months) if one["missed"]],
            "mean chance given": [(place, one["mean_chance"]) for place, one in enumerate(months)],
            "need": [(place, one["need"]["share"]) for place, one in enumerate(months)],
        },
    )
    head = ("month", "contacts", "suggested NFA", "missed of these", "mean chance", "need", "area")
    says = ["A single month holds few misses, so its interval is wide: look for a run, not for one month."]
    return Section("months", "From month to month", says, [Table("By month", head, rows)], [chart])


def _worst(figures: Figures) -> Section:
    found = figures["misses"]
    rows = [
        [one["reference"], percent(one["chance"]), response(one["decided"]), one["known_by"]] for one in found["worst"]
    ]
    says = [
        (
            f"{count(found['known_of'])} contacts that would have been suggested for no further action are "
            f"known to have needed an assessment. These are the {len(rows)} that the score was surest about, by "
            "reference only: read them, and ask what a rule or a question would have had to see."
        )
    ]
    return Section(
        "worst",
        "The worst misses",
        says,
        [Table("By reference", ("reference", "chance", "people decided", "known by"), rows)],
    )


def _data(figures: Figures) -> Section:
    about, unknown = figures["about"], figures["not_known"]
    rows = [
        ["decided contacts", count(about["contacts"])],
        ["families", count(about["families"])],
        ["sent from, to", f"{day(about['from'])} to {day(about['to'])}"],
        ["looked at (worked, or a second look)", count(next(iter(figures["areas_under_curve"].values()))["n"])],
        ["answers that rules count and that were not known, a contact", number(unknown["answers_a_contact"], 2)],
        ["too little known to close", percent(unknown["too_little"])],
        ["somebody in it possibly known already", percent(unknown["possibly_known_people"])],
    ]
    own = (
        "the history that it was fitted to, each scored by a fit that never saw its family"
        if about["own_history"]
        else ("a history that it was not fitted to")
    )
    return Section("data", "The data", [f"Judged on {own}."], [Table("What was judged on", ("", ""), rows)])


def _published(figures: Sequence[Figures]) -> list[Section]:
    """For a made-up history: how it lies beside what is published, and what is only assumed."""
    if not figures:
        return []
    rows = [
        [
            one["what"],
            "assumed" if one["assumed"] == "yes" else one["published"],
            f"{one['low']} to {one['high']}",
            one["simulated"] or NONE,
            one["verdict"] + (f": {one['note']}" if one["note"] else ""),
            f"{one['certainty']}: {one['source']}",
        ]
        for one in figures
    ]
    head = ("figure", "published", "band", "simulated", "verdict", "certainty and source")
    says = [
        (
            "A: read in the source itself. B: read in another page. C: computed from a file. M and D: nobody "
            "published it, and it is assumed. That a made-up authority lies near published figures says nothing "
            "about any real one."
        )
    ]
    table = Table("Published figures beside simulated ones", head, rows)
    return [Section("published", "The made-up authority beside published figures", says, [table])]


def _gaps(figures: Figures) -> Section:
    made_up = ["These data are made up: they show that the software works, and nothing about any real family."]
    gaps = [
        *(made_up if figures["about"]["made_up_data"] else []),
        (
            "A closed contact is known only by what came to light and by second looks; both can be wrong, and "
            "neither error is corrected for."
        ),
        "It has not read school, health or probation records, nor what was said by telephone.",
        "The contract names no officer, so an officer's own habit cannot be followed.",
        "Groups are the contact's. A child who differs from the siblings is not seen as such.",
        "Later contacts were judged with earlier outcomes that were in part only known afterwards.",
    ]
    return Section("gaps", "Known gaps", gaps)


def _environment(figures: Figures) -> Section:
    model = figures["model"]
    thresholds = model["thresholds"]
    rows = [
        ["version, made on", f"{model['version']}, {model['made_on']}"],
        ["manifest SHA-256", model["manifest_sha256"]],
        ["history SHA-256", figures["about"]["history_sha256"]],
        ["rulebook SHA-256", model["rulebook_sha256"]],
        ["seed of the fit", str(model["seed"])],
        ["assessment from", number(thresholds["assessment_from"], 4)],
        ["early help from", number(thresholds["early_help_from"], 4)],
        ["no further action up to", number(thresholds["nfa_upto"], 4)],
        *([f"{name}, fitted with", str(of)] for name, of in (model["libraries"] or {}).items()),
        *([f"{name}, judged with", str(of)] for name, of in model["judged_with"].items()),
    ]
    says = ["The same history, model and software give the same figures, and the same figures this same page."]
    return Section("environment", "What it ran on", says, [Table("Versions and digests", ("", ""), rows)])

"""The report on what is read: the factors of the score, which way each moves it, and what each rule adds and costs."""

from training.judging.evaluation_file import Figures
from training.report.words import BY_DESIGN, NONE, Section, Table, between, count, number, percent, with_interval

FACTORS_SHOWN = 20

EFFECTS = {
    "floor:assessment": "holds at an assessment",
    "floor:early_help": "holds at early help",
    "uplift": "raises early help to an assessment",
    "enquiry": "no NFA before something is found out",
    "route:allocated_worker": "sends to the allocated worker",
    "urgency:immediate": "to be read at once",
    "urgency:same_day": "to be read the same day",
    "sign_off": "closing takes a second person",
    "notice": "tells the worker something",
}
"""What an effect of the rulebook does, in words."""

RAISING = {"floor", "uplift", "enquiry"}
"""Kinds of effect that can make a suggestion more cautious."""

OTHERWISE = {"youngest_child": "the younger", "recency": "the more recent"}
"""Factors that are told by an age or a time, and rise as it falls."""


def read_sections(figures: Figures) -> list[Section]:
    """The factors, then the rules."""
    return [_factors(figures), _rules(figures)]


def direction(one: Figures) -> str:
    """Which way a factor can move the score."""
    if not one["rises"]:
        return "either way"
    return f"up, {OTHERWISE.get(one['name'], 'the more of it')}"


def effect(code: str) -> str:
    """What an effect does; its own code where there are no words for it."""
    return EFFECTS.get(code, code.replace("_", " ").replace(":", " "))


def _factors(figures: Figures) -> Section:
    shown = [one for one in figures["factors"] if one["moves"] > 0.0][:FACTORS_SHOWN]
    rows = [[one["text"], direction(one), number(one["moves"], 2), number(one["span"], 2)] for one in shown]
    unused = [one["text"] for one in figures["factors"] if not one["span"]]
    says = [
        (
            "In the words that workers see, and for needing an assessment; the step to early help has tables of its "
            "own in scorecard.json. Names, sex, ethnicity, language, religion, nationality, disability, school and "
            "area are not read by it; a rule (R031) reads a child's recorded disability, to raise a floor only."
        ),
        *([_moves_nothing(unused)] if unused else []),
    ]
    head = ("factor", "moves the score", "a contact, by", "from least to most")
    table = Table(f"The {len(rows)} that move most contacts most, in log-odds", head, rows)
    return Section("factors", "What the score reads", says, [table])


def _moves_nothing(unused: list[str]) -> str:
    return (
        f"{len(unused)} are read and move nothing. A declared risk may only ever raise the score; so where need did "
        "not rise with it in this history, or it was rare, or other factors had said the same, no step was earned. "
        "That does not make it harmless, and rules read it all the same where they name it. "
        f"They are: {'; '.join(unused)}."
    )


def _rules(figures: Figures) -> Section:
    found = figures["rules"]
    rows = [
        [
            f"{one['rule']} {one['wording']}: {', '.join(map(effect, one['effects']))}",
            f"{count(one['n'])}\n{percent(one['share'])}",
            with_interval(one["need"]["share"], one["need"]["interval"]) if one["n"] else NONE,
            with_interval(one["share_of_all_need"], one["share_of_all_need_interval"]) if one["n"] else NONE,
            _raised(one, one["lowered"]),
            _raised(one, one["to_nfa"]),
        ]
        for one in found["rules"]
    ]
    head = (
        "rule, and what it does",
        "fires on",
        "in need of these",
        "of all need",
        "only it raises",
        "of these, from NFA",
    )
    says = [
        (
            f"Rules alone hold {percent(found['held_at_assessment'])} of contacts at an assessment, which hold "
            f"{percent(found['share_of_need_held'])} ({between(found['share_of_need_held_interval'])}) of all need, "
            f"and {percent(found['held_at_early_help'])} at early help. Enquiries are on "
            f"{percent(found['enquiries'])}; too little is known of {percent(found['too_little'])}; "
            f"{percent(found['open_to_nfa'])} can still be suggested for no further action."
        ),
        *(f"Over budget: {fault}." for fault in found["over_budget"]),
        (
            "The last two columns suggest again without one rule: what only it raises is what it adds, and those of "
            "them not in need are what it costs. An enquiry raises to a person must look. A rule that others or the "
            "score repeat adds nothing by itself."
        ),
    ]
    return Section("rules", "What each rule adds and costs", says, [Table("Every rule", head, rows, need=BY_DESIGN)])


def _raised(rule: Figures, found: Figures) -> str:
    """How many contacts only this rule raises, and how many of them were in need; no figure where it cannot raise."""
    if not any(code.partition(":")[0] in RAISING for code in rule["effects"]):
        return NONE
    if not found["n"]:
        return "0"
    return f"{count(found['n'])}\n{count(max(0.0, found['in_need']))} in need"

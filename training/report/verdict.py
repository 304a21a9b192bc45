"""The verdict: the whole in a few plain sentences, the misses first, with what speaks against it."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.groups import above_the_promise, shown_of_all
from training.report.words import (
    benefit,
    between,
    count,
    fine,
    in_brackets,
    more,
    number,
    percent,
    second_looks_alone,
    with_interval,
)
from training.report.workday import by_way, contacts_a_month, saved_at_later_share, usual_minutes

CLOSED = "no_further_action"
SUGGESTED, SCORE = "rules and score", "score alone"
"""Two of those who act, where net benefits are told."""


def verdict(figures: Figures) -> list[str]:
    """The whole in a few sentences, the misses first; shared with the card and the record."""
    if not figures["suggested_nfa"]["n"]:
        return [
            (
                "It never suggests no further action: no threshold could be shown to keep the promise about misses. "
                "Rules hold what they hold, and a person looks at everything else. "
                f"{_what_would_help(figures['people']['missed_need_among_closed'])}"
            ),
            _suggested(figures),
            *_worth(figures["decision_points"]),
            *_not_sure(figures),
        ]
    return [
        f"{_missed(figures)} {_later_said(figures)}".rstrip(),
        _beside_people(figures),
        f"{_suggested(figures)} {_in_a_day(figures)}",
        " ".join([_how_far_it_holds(figures), *_worth(figures["decision_points"]), *_where_beaten(figures)]),
        *_not_sure(figures),
    ]


def _what_would_help(closed: Figures) -> str:
    return (
        f"It rests on {count(closed['second_looks'])} blind second looks at the {count(closed['n'])} contacts that "
        f"people closed, {count(closed['in_need_at_second_look'])} of them in need: the more there are, the sooner a "
        "promise can be shown."
    )


def _missed(figures: Figures) -> str:
    missed = figures["missed_need_among_suggested_nfa"]
    return (
        f"Of the {count(missed['n'])} contacts that it would suggest for no further action, "
        f"{fine(missed['share'])} had needed an assessment (95% interval {between(missed['interval'], 'fine')}). "
        f"{_second_looks_said(figures)}"
    )


def _second_looks_said(figures: Figures) -> str:
    missed = figures["missed_need_among_suggested_nfa"]
    if not missed["second_looks"]:
        return "None of them was looked at again blind."
    return (
        f"By blind second looks alone {count(missed['in_need_at_second_look'])} of {count(missed['second_looks'])} "
        f"had, {in_brackets(second_looks_alone(missed))}{found_alone(figures)}."
    )


def found_alone(figures: Figures) -> str:
    """How many second looks brought out what nothing else had, and for how many contacts each stands: a half-sentence.

    Nothing where no second look found need.
    """
    missed = figures["missed_need_among_suggested_nfa"]
    in_need, alone = missed["in_need_at_second_look"], missed["found_by_second_look_alone"]
    if not in_need:
        return ""
    each = figures["suggested_against_decided"][CLOSED].get(CLOSED, 0) / missed["second_looks"]
    return (
        f"; {alone} of the {in_need} had come to light in no other way, each standing for about {count(each)} contacts"
    )


def _later_said(figures: Figures) -> str:
    """That the threshold was set on the contacts that it is judged on, and what came of it on later ones."""
    own, later = figures["about"]["own_history"], figures["later"]
    one = later.get("all_later")
    if "cannot" in later or not one or not one["n"]:
        return "Its threshold was set on these same contacts, and could not be tried on later ones." if own else ""
    begins = "Its threshold was set on these same contacts; the" if own else "The"
    return (
        f"{begins} fairer trial, on {count(one['n'])} later ones kept apart, suggests no "
        f"further action for {percent(one['nfa']['share'])}; {_missed_later(one)}."
    )


def _missed_later(one: Figures) -> str:
    found = one["missed"]
    if not found["n"] or not one["corrected"]:
        return "too few second looks fell on these to say how many had needed an assessment"
    return f"{in_brackets(with_interval(found['share'], found['interval'], 'fine'))} of these had needed an assessment"


def _beside_people(figures: Figures) -> str:
    people, working = figures["people"], figures["workload"]
    missed = people["missed_need_among_closed"]
    had = in_brackets(with_interval(missed["share"], missed["interval"]))
    said = f"Of the {count(people['closed'])} that people closed, {had} had; but it leaves the harder ones to them."
    after, alone = by_way(working, "people after suggestions"), by_way(working, "people alone")
    if after is None or alone is None or after["more_a_month"] is None:
        return said
    return (
        f"{said} If they closed all that it suggests and decided the rest as before, {_more(after['more_a_month'])} a "
        f"month would be missed ({_signed(after['more_a_month_interval'])}); they alone miss "
        f"{number(alone['missed_a_month'], 1)} of an assumed {count(contacts_a_month(working))} contacts."
    )


def _more(value: float) -> str:
    return f"{abs(value):.1f} {'more' if value >= 0.0 else 'fewer'}"


def _signed(ends: Sequence[float] | None) -> str:
    return "too few second looks to say how surely" if ends is None else between(ends, "signed")


def _suggested(figures: Figures) -> str:
    working = figures["workload"]
    share = {code: percent(one["share"]) for code, one in working["suggested"].items()}
    return (
        f"It suggests no further action for {share[CLOSED]} of contacts, early help for {share['early_help']}, nothing "
        f"for {share['undetermined']}, where a person must look, and an assessment for {share['assessment']} (people: "
        f"{percent(working['people']['assessment']['share'])}, all that they sent to a social worker)."
        f"{_not_needed(figures)}"
    )


def _not_needed(figures: Figures) -> str:
    """How many suggested assessments were not needed, and how much early help was too little."""
    needed, not_needed = figures["suggested_against_need"]["assessment"].values()
    told = ""
    if needed + not_needed:
        not_one = percent(not_needed / (needed + not_needed), 0)
        told = f" Of the suggested assessments {not_one} had not been needed; of people's own that is not known."
    needed, not_needed = figures["suggested_against_need"]["early_help"].values()
    if needed + not_needed:
        share = percent(needed / (needed + not_needed))
        told += f" Early help is not safe by itself: {share} of those suggested for it had needed an assessment."
    return told


def _in_a_day(figures: Figures) -> str:
    working = figures["workload"]
    assumed, usual = working["assumed"], usual_minutes(working)
    later = saved_at_later_share(figures)
    on_later = "" if later is None else f" ({count(later)} by the later trial)"
    return (
        f"At {assumed['contacts_a_working_day']:g} contacts a working day it saves about {count(usual['saved'])} of "
        f"{count(usual['today'])} minutes of reading{on_later}, if reading takes {usual['minutes_to_read_in_full']:g} "
        f"and closing what it suggests {assumed['minutes_to_close']:g} (both assumed; the work of more "
        "assessments is not counted)."
    )


def _how_far_it_holds(figures: Figures) -> str:
    above, shown = above_the_promise(figures), shown_of_all(figures)
    promised = percent(figures["model"]["promise"]["at_most"], 0)
    said = (
        f"The promise, at most {promised} missed, is about no single group: {len(above)} of {shown} groups lie above."
    )
    until = until_it_breaks(figures["sensitivity"])
    return " ".join([said, *([f"{until}; {itself_unsure(figures)}."] if until else [])])


def until_it_breaks(found: Figures) -> str:
    """How much more need among closed contacts it takes for the promise (it) to be shown no longer, and to be broken.

    A sentence without its stop; nothing where no tipping point was found.
    """
    tips_at, shown_to = found.get("tips_at"), found.get("shown_to")
    if tips_at is None:
        return ""
    if tips_at <= 1.0:
        return "On these contacts it is broken even as need was seen"
    if shown_to is None:
        return f"Here it cannot be shown even as need was seen, and over {more(tips_at)} more than that breaks it"
    return (
        f"If closed contacts needed over {more(shown_to)} more than was seen it can no longer be shown, and "
        f"over {more(tips_at)} more breaks it"
    )


def itself_unsure(figures: Figures) -> str:
    """How far above what was seen of closed contacts their need may lie by chance alone: a half-sentence."""
    missed = figures["people"]["missed_need_among_closed"]
    if not missed["share"]:
        return "what was seen is itself uncertain"
    above = max(0.0, missed["interval"][1] / missed["share"] - 1.0)
    return f"what was seen is itself uncertain, up to {percent(above, 0)} above it"


def _worth(found: Figures) -> list[str]:
    """Whether acting on the suggestions is shown to be worth more than assessing nobody, where this model acts."""
    return [
        (
            "At the price that its threshold sets on a needless assessment, acting on its suggestions is "
            f"{against_nobody(one['who'][SUGGESTED])}: net benefit {benefit_of(one, SUGGESTED)}, by the score alone "
            f"{benefit_of(one, SCORE)}."
        )
        for one in where_it_acts(found)
    ]


def where_it_acts(found: Figures) -> list[Figures]:
    """Of the points at which net benefits are told, the one from which this model suggests an assessment."""
    return [one for one in found["points"] if one["shipped"]]


def benefit_of(one: Figures, who: str) -> str:
    """The net benefit of acting as `who` does, to stand in a sentence."""
    return in_brackets(benefit(one["who"].get(who)))


def against_nobody(ours: Figures) -> str:
    """Whether it is shown to be better than assessing nobody, which has a net benefit of 0 at every chance."""
    low, high = ours["interval"] or (-1.0, 1.0)
    if low > 0.0:
        return "shown to be better than assessing nobody"
    return f"{'shown to be worse' if high < 0.0 else 'not shown to be better'} than assessing nobody"


def _where_beaten(figures: Figures) -> list[str]:
    """Said wherever something else is surely better at putting contacts in order, or rules alone miss less."""
    better = [
        name
        for name, one in figures["comparison"].items()
        if one["area"]["lead_interval"] and one["area"]["lead_interval"][0] > 0.0
    ]
    said = [f"It is beaten at putting contacts in order by: {', '.join(better)}."] if better else []
    rules = figures["comparison"]["rules alone"]["at_its_own_point"]
    if rules["missed"] is not None and rules["missed"] <= figures["missed_need_among_suggested_nfa"]["share"]:
        said.append("It misses no fewer than rules alone would.")
    return said


def _not_sure(figures: Figures) -> list[str]:
    if figures["corrected"]:
        return []
    return [
        "Too few closed contacts were looked at again, so what stayed out of sight is not counted: misses are more."
    ]

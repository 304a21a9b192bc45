"""The verdict: the whole in a few plain sentences, the misses first, with what speaks against it."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.groups import above_the_promise, shown_of_all
from training.report.words import between, count, in_brackets, number, percent, second_looks_alone, with_interval

TO_ASSESSMENT = ("assessment", "strategy_discussion")
"""Decisions by which people sent a contact to an assessment."""


def verdict(figures: Figures) -> list[str]:
    """The whole in a few sentences, the misses first; shared with the card and the record."""
    if not figures["suggested_nfa"]["n"]:
        return [
            (
                "It never suggests no further action: no threshold could be shown to keep the promise about misses. "
                "Rules hold what they hold, and a person looks at everything else."
            ),
            _suggested(figures),
            *_not_sure(figures),
        ]
    return [
        _missed(figures),
        _beside_people(figures),
        _suggested(figures),
        *_later_said(figures),
        _in_a_day(figures["workload"]),
        _how_far_it_holds(figures),
        *_where_beaten(figures),
        *_not_sure(figures),
    ]


def _missed(figures: Figures) -> str:
    missed = figures["missed_need_among_suggested_nfa"]
    return (
        f"Of the {count(missed['n'])} contacts that it would suggest for no further action, "
        f"{percent(missed['share'])} had needed an assessment (95% interval {between(missed['interval'])}). "
        f"{_second_looks_said(missed)}"
    )


def _second_looks_said(missed: Figures) -> str:
    n = missed["second_looks"]
    if not n:
        return "None of them was looked at again blind."
    return (
        f"By second looks alone, {missed['in_need_at_second_look']} of the {count(n)} of them that were looked at "
        f"again blind had: {in_brackets(second_looks_alone(missed))}."
    )


def _beside_people(figures: Figures) -> str:
    people = figures["people"]
    missed = people["missed_need_among_closed"]
    had = in_brackets(with_interval(missed["share"], missed["interval"]))
    said = f"Of the {count(people['closed'])} that people closed, {had} had; but it leaves the harder ones to them."
    after = _way(figures["workload"], "people after suggestions")
    if after is None or after["more_a_month"] is None:
        return said
    return (
        f"{said} If people closed all that it suggests and decided the rest as before, "
        f"{_more(after['more_a_month'])} a month would be missed ({_signed(after['more_a_month_interval'])})."
    )


def _more(value: float) -> str:
    return f"{abs(value):.1f} {'more' if value >= 0.0 else 'fewer'}"


def _signed(ends: Sequence[float] | None) -> str:
    return "too few second looks to say how surely" if ends is None else f"{ends[0]:+.1f} to {ends[1]:+.1f}"


def _way(working: Figures, name: str) -> Figures | None:
    return next((one for one in working["ways"] if one["way"] == name), None)


def _suggested(figures: Figures) -> str:
    nfa, responses = figures["suggested_nfa"], figures["workload"]["suggested"]
    needed, not_needed = figures["suggested_against_need"]["assessment"].values()
    sent = sum(figures["workload"]["decided"].get(code, {"n": 0})["n"] for code in TO_ASSESSMENT)
    said = (
        f"It suggests no further action for {percent(nfa['share'])} of contacts "
        f"({percent(nfa['of_what_people_closed'])} of those that people closed) and nothing for "
        f"{percent(responses['undetermined']['share'])}, where a person must look. It suggests an assessment for "
        f"{count(responses['assessment']['n'])}; people sent {count(sent)} to one."
    )
    if needed + not_needed == 0.0:
        return said
    return f"{said} Of those that it suggests, {percent(not_needed / (needed + not_needed), 0)} had not needed one."


def _later_said(figures: Figures) -> list[str]:
    later = figures["later"]
    one = later.get("all_later")
    if "cannot" in later or not one or not one["n"]:
        return []
    return [
        (
            f"Fitted to the earlier contacts alone and tried on {count(one['n'])} later ones, it suggests no further "
            f"action for {percent(one['nfa']['share'])} of them; {_missed_later(one)}."
        )
    ]


def _missed_later(one: Figures) -> str:
    found = one["missed"]
    if not found["n"] or not one["corrected"]:
        return "too few second looks fell on these to say how many had needed an assessment"
    return f"{in_brackets(with_interval(found['share'], found['interval']))} of these had needed an assessment"


def _in_a_day(working: Figures) -> str:
    assumed, a_day = working["assumed"], working["contacts_a_day"]
    usual = next(
        one for one in working["minutes_a_day"] if one["minutes_to_read_in_full"] == assumed["minutes_to_read_in_full"]
    )
    people = sum(working["decided"].get(code, {"a_day": 0.0})["a_day"] for code in TO_ASSESSMENT)
    return (
        f"At {assumed['contacts_a_working_day']:g} contacts a working day that is "
        f"{number(a_day['no_further_action'], 1)} to close and {number(a_day['assessment'], 1)} to assess, where "
        f"people assess {number(people, 1)}. It saves about {count(usual['saved'])} of {count(usual['today'])} minutes "
        f"of reading, if a full reading takes {usual['minutes_to_read_in_full']:g} and closing what it suggests "
        f"{assumed['minutes_to_close']:g}: both are assumed, and the work of more assessments is not counted."
    )


def _how_far_it_holds(figures: Figures) -> str:
    promised = figures["model"]["promise"]["at_most"]
    above, shown = above_the_promise(figures), shown_of_all(figures)
    said = (
        f"The promise, at most {percent(promised, 0)} missed, is about all contacts together and about no group: "
        f"{len(above)} of {shown} groups lie above it."
    )
    return " ".join([said, *_until(figures["sensitivity"])])


def _until(found: Figures) -> list[str]:
    """How much more need among closed contacts it takes for the promise to be shown no longer, and to be broken."""
    tips_at, shown_to = found.get("tips_at"), found.get("shown_to")
    if tips_at is None:
        return []
    if shown_to is None:
        return [f"Here it cannot be shown even as need was seen, and it is broken at {number(tips_at, 2)} times that."]
    return [
        (
            f"It can be shown up to {number(shown_to, 2)} times the need seen among closed contacts, and is broken at "
            f"{number(tips_at, 2)} times."
        )
    ]


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

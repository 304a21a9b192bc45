"""The report's sections on work: a working day beside people's own, what would be missed in a month, and the counts."""

from training.judging.evaluation_file import Figures
from training.report.words import (
    BY_DESIGN,
    POOLED,
    Section,
    Table,
    count,
    number,
    percent,
    response,
    signed,
    with_interval,
)


def workday_sections(figures: Figures) -> list[Section]:
    """What it means for the people who do the work."""
    return [_workload(figures), _counts(figures)]


def by_way(working: Figures, name: str) -> Figures | None:
    """One of the ways in which everything is closed, by its name."""
    return next((one for one in working["ways"] if one["way"] == name), None)


def contacts_a_month(working: Figures) -> float:
    """As assumed."""
    assumed = working["assumed"]
    return float(assumed["contacts_a_working_day"] * assumed["working_days_a_month"])


def usual_minutes(working: Figures) -> Figures:
    """The minutes of a day if a full reading takes as long as is assumed."""
    to_read = working["assumed"]["minutes_to_read_in_full"]
    usual: Figures = next(one for one in working["minutes_a_day"] if one["minutes_to_read_in_full"] == to_read)
    return usual


def saved_at_later_share(figures: Figures) -> float | None:
    """The minutes saved a day if no further action is suggested as often as on later contacts; `None` if not tried."""
    one = figures["later"].get("all_later")
    if "cannot" in figures["later"] or not one or not one["n"]:
        return None
    assumed = figures["workload"]["assumed"]
    a_contact = (
        assumed["minutes_to_read_in_full"]
        - assumed["minutes_to_close"]
        - assumed["second_looks_share"] * assumed["minutes_a_second_look"]
    )
    own_view = assumed["share_asked_for_own_view"] * assumed["minutes_for_own_view"]
    return float(assumed["contacts_a_working_day"] * (one["nfa"]["share"] * a_contact - own_view))


def _workload(figures: Figures) -> Section:
    working = figures["workload"]
    says = [
        (
            "What is suggested is beside what people decided, in the same four words: what they sent to an assessment, "
            "a strategy discussion or the family's own social worker counts as assessment, and asking for more "
            f"information as a person must look. {_kept_open(figures)}"
        ),
        (
            "After suggestions: people close all that is suggested for it and decide the rest as they did. Every "
            "suggested assessment made: and they close none of those. No way was tried on people."
        ),
        *_a_month(working),
        *_saved(figures),
        "Time saved is told as time. It is no target, and a person reads what is suggested for closing too.",
    ]
    tables = [_contacts(working), _ways(working), _minutes(working), _closing(working), _assumed(working)]
    return Section("workload", "A working day", says, tables)


def _kept_open(figures: Figures) -> str:
    """How many of what people did not close had needed no assessment, which is as near as the figures come."""
    every, closed = figures["need"], figures["people"]["missed_need_among_closed"]
    said = "How many of the assessments that people made were not needed is not known here"
    n = every["n"] - closed["n"]
    if not n:
        return f"{said}."
    needed = max(0.0, every["in_need"] - closed["in_need"])
    return (
        f"{said}; of all {count(n)} that they did not close, early help too, {percent(1.0 - needed / n, 0)} had not "
        f"needed one (need {POOLED})."
    )


def _a_month(working: Figures) -> list[str]:
    """What people miss in a month, and what would be more, at the assumed number of contacts and at the history's."""
    alone, after = by_way(working, "people alone"), by_way(working, "people after suggestions")
    if alone is None or after is None or after["more_a_month"] is None:
        return []
    assumed, own = working["assumed"]["contacts_a_working_day"], working["own_contacts_a_working_day"]
    times = own / assumed
    missed, changed = alone["missed_a_month"], after["more_a_month"]
    return [
        (
            f"At {assumed:g} contacts a working day, {count(contacts_a_month(working))} a month (assumed), people "
            f"alone miss {number(missed, 1)} a month, and after suggestions that changes by {signed(changed)}. This "
            f"history has {number(own, 1)} contacts a working day, {number(times, 2)} times as many; there it is "
            f"{number(times * missed, 1)}, and {signed(times * changed)}. All else here grows with the contacts too."
        )
    ]


def _saved(figures: Figures) -> list[str]:
    working = figures["workload"]
    assumed, later = working["assumed"], saved_at_later_share(figures)
    told = [
        (
            f"What is saved rests on a contact that is suggested for closing taking {assumed['minutes_to_close']:g} "
            f"instead of {assumed['minutes_to_read_in_full']:g} minutes, which nobody has timed. Counted are the "
            f"second looks and an own view of {60 * assumed['minutes_for_own_view']:g} seconds, which is assumed too, "
            f"on {percent(assumed['share_asked_for_own_view'], 0)} of contacts. Not counted are the signatures of "
            "second persons and the work of more assessments. The minutes have no interval, since the assumptions are "
            "far less sure than the number suggested."
        )
    ]
    if later is None:
        return told
    share = percent(figures["later"]["all_later"]["nfa"]["share"])
    to_close = assumed["contacts_a_working_day"] * figures["later"]["all_later"]["nfa"]["share"]
    return [
        *told,
        (
            f"At the share that it suggests on later contacts, {share}, it would be {number(to_close, 1)} contacts "
            f"a day to close and {count(later)} minutes saved."
        ),
    ]


def _contacts(working: Figures) -> Table:
    rows = [
        [
            response(code),
            *(
                cell
                for who in ("suggested", "people")
                for cell in (_a_day(working[who][code]), _of_all(working, who, code))
            ),
        ]
        for code in working["suggested"]
    ]
    head = ("response", "suggested, a day", "of all", "people, a day", "of all")
    return Table("Contacts a working day", head, rows)


def _a_day(one: Figures) -> str:
    return number(one["a_day"], 1)


def _of_all(working: Figures, who: str, code: str) -> str:
    one = working[who][code]
    return with_interval(one["share"], one["interval"])


def _ways(working: Figures) -> Table:
    rows = [
        [
            one["way"],
            f"{number(one['closed']['a_day'], 1)}\n{percent(one['closed']['share'])}",
            with_interval(one["missed"]["share"], one["missed"]["interval"]),
            with_interval(one["missed_a_month"], one["missed_a_month_interval"], "tenths"),
            with_interval(one["more_a_month"], one["more_a_month_interval"], "signed"),
        ]
        for one in working["ways"]
    ]
    head = ("way", "closed a day", "in need of these", "missed a month", "against people alone")
    return Table("What would be closed and missed", head, rows, need=BY_DESIGN)


def _minutes(working: Figures) -> Table:
    rows = [
        [f"{one['minutes_to_read_in_full']:g}", *(count(one[name]) for name in ("today", "then", "saved"))]
        for one in working["minutes_a_day"]
    ]
    head = ("minutes to read in full", "today", "with suggestions", "saved")
    return Table("Minutes a working day, by how long a full reading takes", head, rows)


def _closing(working: Figures) -> Table:
    rows = [
        [f"{one['minutes_to_close']:g}", *(count(one[name]) for name in ("today", "then", "saved"))]
        for one in working["closing_takes"]
    ]
    head = ("minutes to close", "today", "with suggestions", "saved")
    return Table("Minutes a working day, by how long a contact takes that is suggested for closing", head, rows)


def _assumed(working: Figures) -> Table:
    rows = [[name.replace("_", " "), f"{value:g}"] for name, value in working["assumed"].items()]
    return Table("Assumed, and to be replaced by an authority's own timing", ("assumption", "value"), rows)


def _counts(figures: Figures) -> Section:
    decided, needed = figures["suggested_against_decided"], figures["suggested_against_need"]
    codes = sorted({code for counts in decided.values() for code in counts})
    whole = sum(sum(counts.values()) for counts in needed.values())
    against_need = Table(
        "Suggested, and whether an assessment was needed",
        ("suggested", "had needed one", "had not", "had, per 100 contacts", "had not, per 100"),
        [
            [response(code), count(yes), count(no), number(100 * yes / whole, 1), number(100 * no / whole, 1)]
            for code, (yes, no) in ((code, tuple(counts.values())) for code, counts in needed.items())
        ],
        need=POOLED,
    )
    against_people = Table(
        "What people decided, and what is suggested",
        ("people decided", *(response(code) for code in decided)),
        [[response(code), *(count(counts.get(code, 0)) for counts in decided.values())] for code in codes],
    )
    return Section(
        "counts",
        "In counts",
        [
            *_where_need_goes(needed),
            "What people decided is no measure of need. Both are shown, since they ask different things.",
        ],
        [against_need, against_people],
    )


def _where_need_goes(needed: Figures) -> list[str]:
    """Of all need, how much each response stands for; and that early help is no safe one."""
    in_need = {code: max(0.0, one["needed an assessment"]) for code, one in needed.items()}
    every = sum(in_need.values())
    if not every:
        return []
    of_need = {code: percent(one / every, 0) for code, one in in_need.items()}
    said = (
        f"Of all need for an assessment, an assessment is suggested for {of_need['assessment']}, a person must look at "
        f"{of_need['undetermined']}, early help is suggested for {of_need['early_help']}, and no further action for "
        f"{of_need['no_further_action']}."
    )
    early = needed["early_help"]
    whole = sum(early.values())
    if not whole:
        return [said]
    share = percent(in_need["early_help"] / whole)
    return [
        said,
        (
            f"Early help is not safe by itself: of {count(whole)} contacts suggested for it, "
            f"{count(in_need['early_help'])} ({share}) had needed an assessment."
        ),
    ]

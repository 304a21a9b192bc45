"""The report's last sections: the data, what is published of such, known gaps, what it ran on, and the words."""

from collections.abc import Sequence

from training.judging.evaluation_file import Figures
from training.report.glossary import glossary
from training.report.words import NONE, Section, Table, count, day, number, percent

NO_SHARES = ("area under the curve", "correlation", "children a contact")
"""What is said of published figures that are no shares."""


def origin_sections(figures: Figures) -> list[Section]:
    """Where the figures come from."""
    return [
        _data(figures),
        *_published(figures["about"]["published_figures"], figures["about"]["contacts"]),
        _gaps(figures),
        _environment(figures),
        glossary(),
    ]


def _data(figures: Figures) -> Section:
    about, unknown = figures["about"], figures["not_known"]
    rows = [
        ["decided contacts", count(about["contacts"])],
        ["families", count(about["families"])],
        ["sent from, to", f"{day(about['from'])} to {day(about['to'])}"],
        ["the last day that anything is told of", day(figures["followed"]["last_day"])],
        ["taken to be followed for a year after", f"{figures['followed']['months']} months"],
        ["looked at (worked, or a second look)", count(next(iter(figures["areas_under_curve"].values()))["n"])],
        ["answers that rules count and that were not known, a contact", number(unknown["answers_a_contact"], 2)],
        ["too little known to close", percent(unknown["too_little"])],
        ["somebody in it possibly known already", percent(unknown["possibly_known_people"])],
    ]
    says = [
        f"Judged on {_whose(about)}.",
        (
            "evaluation.json, from which this is made, holds row by row what is suggested for every contact and what "
            "is known of its need, in order of arrival. On a real extract that is personal data: keep it as the "
            "extract is kept. Here stand totals only, and the references of the worst misses."
        ),
    ]
    return Section("data", "The data", says, [Table("What was judged on", ("", ""), rows)])


def _whose(about: Figures) -> str:
    if about["own_history"]:
        return (
            "the history that it was fitted to, each contact scored by a fit that never saw its family. The thresholds "
            "were chosen on these same scores, as far as they allow, so its figures are a little kind"
        )
    if about["fitted_to"]:
        return (
            f"a history of which {count(about['fitted_to'])} contacts are of families that it was fitted to: these are "
            "scored by a fit that never saw their family, all others by the scorecard"
        )
    return "a history that it was not fitted to"


def _published(figures: Sequence[Figures], contacts: int) -> list[Section]:
    """For a made-up history: how it lies beside what is published, and what is only assumed."""
    if not figures:
        return []
    rows = [
        [
            f"{one['what']}: {_source(one)}{'. Note: ' + one['note'] if one['note'] else ''}",
            f"{_figure(one, 'low')} to {_figure(one, 'high')}",
            _figure(one, "simulated"),
            _verdict(one),
        ]
        for one in figures
    ]
    head = ("figure, what is published, and where", "band", "simulated here", "verdict")
    says = [
        (
            "A: read in the source itself. B: read in another page. C: computed from a file. M: remembered of a source "
            "that was not retrieved, and so assumed. D: a design assumption, with nothing published behind the band. "
            f"Simulated is this one history of {count(contacts)} decided contacts, or the part of it that is named. "
            "That a made-up authority lies near published figures says nothing about any real one."
        )
    ]
    table = Table("Published figures beside simulated ones", head, rows)
    return [Section("published", "The made-up authority beside published figures", says, [table])]


def _verdict(one: Figures) -> str:
    """What is not claimed can lie outside its band, and then that is said too."""
    if one["verdict"] != "not claimed" or not one["simulated"]:
        return str(one["verdict"])
    inside = float(one["low"]) <= float(one["simulated"]) <= float(one["high"])
    return "not claimed" if inside else "not claimed: outside"


def _source(one: Figures) -> str:
    """What is published, with its certainty and source, or that it is assumed."""
    published = one["published"] or "nothing published"
    told = f"assumed ({published})" if one["assumed"] == "yes" else published
    return f"{told}. {one['certainty']}: {one['source'] or 'no source retrieved'}"


def _figure(one: Figures, name: str) -> str:
    """A figure of the table of published ones: a share as a percentage, anything else as it stands."""
    if not one[name]:
        return NONE
    value = float(one[name])
    plain = any(word in one["what"].lower() for word in NO_SHARES)
    return f"{value:.2f}" if plain else f"{100.0 * value:.3g}%"


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
        ("Trying it on later contacts used earlier outcomes that were in part only known afterwards: a little kind."),
        *_chosen(figures["later"].get("trees_chosen_on")),
        *_not_yet(figures["followed"]),
    ]
    return Section("gaps", "Known gaps", gaps)


def _chosen(on: str | None) -> list[str]:
    return [f"How the trees are grown was chosen on {on}, and so tried later on what it was chosen on."] if on else []


def _not_yet(followed: Figures) -> list[str]:
    if not followed["not_yet"]:
        return []
    return [
        (
            f"{count(followed['not_yet'])} closed contacts had not been followed for {followed['months']} months, and "
            "count by what second looks at such contacts found or, where those are few, as followed contacts do."
        )
    ]


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
    return Section("environment", "What it ran on", says, [Table("Versions and digests", ("", ""), rows, prose=True)])

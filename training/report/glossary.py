"""The words of the report, each once: what the field says, what statistics says, and how need is told."""

from training.report.words import ESTIMATES, Section, Table

WORDS = {
    "NFA": "no further action: the contact is closed after a person has read it.",
    "a person must look": "the service does not suggest anything; it never stands for closing.",
    "need, missed need": "a contact that had needed an assessment; one that was closed, or suggested for it, even so.",
    "DASH": "the police's form of questions on domestic abuse, stalking and harassment; a tick is a yes.",
    "MARAC": "a meeting of agencies about adults at high risk.",
    "grade": "the officer's standard, medium or high, of the risk to the adult.",
    "second look": "a closed contact, drawn at random, read again by somebody who does not know the decision.",
    "floor": "a response that a rule has set and nothing in the service lowers.",
    "uplift": "a young child, or special needs, turning a floor of early help into one of an assessment.",
    "enquiry": "something that a person must find out before no further action may be suggested.",
    "interval": "where the true figure lies; 95 of 100 such intervals hold it. Families are counted, not contacts.",
    "out of fold": "a contact is scored by a fit that never saw its family.",
    "area under the curve": (
        "of one contact in need and one not, how often the first is put higher; 0.5 is chance, 1 always."
    ),
    "average precision": "of the contacts put highest, the share in need, averaged over all in need.",
    "log-odds": "the scale on which factors add up; near even chances 0.2 moves a chance by five points.",
    "slope of the odds": "1 where chances are as far apart as needs; below 1 they are too far apart.",
    "net benefit": "contacts rightly assessed, less those needlessly assessed at a stated price, of all.",
}


def glossary() -> Section:
    """All words, those on need last."""
    rows = [[word, means] for word, means in WORDS.items()]
    told = [[f"need {how}", means] for how, means in ESTIMATES.items()]
    tables = [
        Table("How need is told, as over each table", ("need", "means"), told, prose=True),
        Table("Words", ("word", "means"), rows, prose=True),
    ]
    return Section("words", "Words", [], tables)

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
    "interval": (
        "made so that 95 of 100 such intervals hold the true figure, where the sample is all that is unsure; a mistake "
        "in the record or in second looks is not in it. Families are counted, not contacts."
    ),
    "no more than (95%)": "a bound made so that the true figure lies above it 5 times in 100, with the same limits.",
    "out of fold": "a contact is scored by a fit that never saw its family.",
    "area under the curve": (
        "of one contact in need and one not, how often the first is put higher; 0.5 is chance, 1 always."
    ),
    "average precision": "of the contacts put highest, the share in need, averaged over all in need.",
    "log-odds": (
        "the scale on which factors add up; 0.2 moves a chance of 6% by about 1 point, one of 20% by about 3, and an "
        "even chance by about 5."
    ),
    "slope of the odds": "1 where chances are as far apart as needs; below 1 they are too far apart.",
    "net benefit": (
        "contacts rightly assessed, less those needlessly assessed at a stated price, of all; 0 is assessing nobody."
    ),
    "closed at our misses": (
        "the share that a score could close while missing as large a share as this model; known only with hindsight."
    ),
    "beyond this model": "the figure of the row, less this model's; above 0 the row is better.",
    "points": "hundredths of all: from 20% to 23% is 3 points.",
    "from all (points)": "the group's share, less that of all contacts.",
    "of those in need, NFA or closed": "of contacts that had needed an assessment, the share suggested for closing.",
    "not in need, kept open": "of contacts that had not needed an assessment, the share not closed.",
    "moves the score a contact, by": "how far a factor moves the score of a usual contact, up or down, in log-odds.",
    "from least to most": "how far apart a factor's lowest and highest step lie, in log-odds.",
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

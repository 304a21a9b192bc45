"""Two people: certainly the same, possibly the same, or not, with the grounds in words.

In this order: the same force's nominal number; name and date of birth; near matches by the weights. Nothing near is
ever certain, and neither is a nominal number where both name and birth speak against it.
"""

from typing import NamedTuple

from screening.domain.household import MatchCertainty
from screening.matching.known import Form
from screening.matching.likeness import (
    BIRTH_WORDS,
    FAMILY_ALONE,
    NAME_WORDS,
    OTHER_BIRTH,
    OTHER_NAME,
    PLACE_WORDS,
    SAME_BIRTH,
    BirthLikeness,
    birth_likeness,
    is_initial,
    name_likeness,
    place_likeness,
)
from screening.matching.weights import Weights

SAME_NOMINAL = "Same police nominal number"
SAME_NAME_AND_BIRTH = "Same name and date of birth"
DIFFERENT_NOMINALS = "Different police nominal numbers of the same force"
CONTRADICTED = "Another name and another date of birth"

_SURE_POINTS = 100


class Verdict(NamedTuple):
    """What comparing two people gave. `points` order the possible ones, the likeliest first."""

    certainty: MatchCertainty
    points: int
    grounds: tuple[str, ...]


def compare(one: Form, other: Form, weights: Weights, *, different_nominals: bool = False) -> Verdict | None:
    """Compare two people; `None` where they are not the same.

    `different_nominals` says that the other person is known to this person's force under another number only.
    """
    if one.nominal and one.nominal == other.nominal:
        return _by_nominal(one, other)
    birth = birth_likeness(one, other)
    if birth is SAME_BIRTH and one.given == other.given and one.family == other.family and _whole_name(one):
        if different_nominals:
            return Verdict(MatchCertainty.POSSIBLE, _SURE_POINTS, (SAME_NAME_AND_BIRTH, DIFFERENT_NOMINALS))
        return Verdict(MatchCertainty.CERTAIN, _SURE_POINTS, (SAME_NAME_AND_BIRTH,))
    return _near(one, other, birth, weights, different_nominals=different_nominals)


def _whole_name(form: Form) -> bool:
    """Whether the name can make somebody certain: both parts, and more than an initial, which twins may share."""
    return bool(form.given and form.family) and not is_initial(form.given)


def _by_nominal(one: Form, other: Form) -> Verdict:
    # Siblings are sometimes put under one number.
    other_name = name_likeness(one, other) in {OTHER_NAME, FAMILY_ALONE}
    other_birth = birth_likeness(one, other) is OTHER_BIRTH
    if other_name and other_birth:
        return Verdict(MatchCertainty.POSSIBLE, _SURE_POINTS, (SAME_NOMINAL, CONTRADICTED))
    grounds = [SAME_NOMINAL]
    if other_name:
        grounds.append(_sentence(NAME_WORDS[OTHER_NAME]))
    if other_birth:
        grounds.append(_sentence(BIRTH_WORDS[OTHER_BIRTH]))
    return Verdict(MatchCertainty.CERTAIN, _SURE_POINTS, tuple(grounds))


def _near(
    one: Form, other: Form, birth: BirthLikeness, weights: Weights, *, different_nominals: bool
) -> Verdict | None:
    # Most pairs end here: they share a key with somebody else of the contact.
    if birth is OTHER_BIRTH:
        return None
    name = name_likeness(one, other)
    if name is OTHER_NAME:
        return None
    place = place_likeness(one, other)
    points = weights.name[name] + weights.birth[birth] + weights.place[place]
    points += weights.different_nominal if different_nominals else 0
    if points < weights.possible_from:
        return None
    said = (NAME_WORDS[name], BIRTH_WORDS[birth], PLACE_WORDS[place])
    grounds = (_sentence(", ".join(words for words in said if words)),)
    return Verdict(MatchCertainty.POSSIBLE, points, (*grounds, DIFFERENT_NOMINALS) if different_nominals else grounds)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]

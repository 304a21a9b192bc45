"""How two names, two births and two places compare, each as one likeness with its words for staff.

Inputs are comparable forms (`normalise`); the words hold no values. What a likeness counts for is in `weights.toml`.
"""

from enum import StrEnum

from rapidfuzz.distance import OSA

from screening.matching.known import Form
from screening.matching.normalise import address, first_sound, postcode, sound


class NameLikeness(StrEnum):
    """How two people's names compare, from the same to nothing in common."""

    SAME = "same"
    SWAPPED = "swapped"
    SIMILAR = "similar"
    INITIAL = "initial"
    SWAPPED_SIMILAR = "swapped_similar"
    GIVEN_ALONE = "given_alone"
    FAMILY_ALONE = "family_alone"
    GIVEN_RECORDED = "given_recorded"
    FAMILY_RECORDED = "family_recorded"
    NOT_RECORDED = "not_recorded"
    OTHER = "other"


class BirthLikeness(StrEnum):
    """How two people's dates of birth or ages compare."""

    SAME = "same"
    SWAPPED = "swapped"
    ONE_DIGIT = "one_digit"
    DAY_NOT_KNOWN = "day_not_known"
    AGE_AGREES = "age_agrees"
    NOT_RECORDED = "not_recorded"
    OTHER = "other"


class PlaceLikeness(StrEnum):
    """How the two places compare."""

    ADDRESS = "address"
    POSTCODE = "postcode"
    NOT_RECORDED = "not_recorded"
    OTHER = "other"


# Three tables, since members of string enums are equal across enums where their values are.
NAME_WORDS: dict[NameLikeness, str] = {
    NameLikeness.SAME: "same name",
    NameLikeness.SWAPPED: "given and family name swapped",
    NameLikeness.SIMILAR: "similar name",
    NameLikeness.INITIAL: "same family name and initial",
    NameLikeness.SWAPPED_SIMILAR: "similar name with given and family name swapped",
    NameLikeness.GIVEN_ALONE: "same given name with another family name",
    NameLikeness.FAMILY_ALONE: "same family name with another given name",
    NameLikeness.GIVEN_RECORDED: "same given name, family name not recorded",
    NameLikeness.FAMILY_RECORDED: "same family name, given name not recorded",
    NameLikeness.NOT_RECORDED: "name not recorded",
    NameLikeness.OTHER: "another name",
}
BIRTH_WORDS: dict[BirthLikeness, str] = {
    BirthLikeness.SAME: "same date of birth",
    BirthLikeness.SWAPPED: "day and month of birth swapped",
    BirthLikeness.ONE_DIGIT: "date of birth differs in one digit",
    BirthLikeness.DAY_NOT_KNOWN: "date of birth agrees but for a day that may stand for not known",
    BirthLikeness.AGE_AGREES: "age agrees",
    BirthLikeness.NOT_RECORDED: "date of birth not recorded",
    BirthLikeness.OTHER: "another date of birth or age",
}
PLACE_WORDS: dict[PlaceLikeness, str] = {
    PlaceLikeness.ADDRESS: "same address",
    PlaceLikeness.POSTCODE: "same postcode",
    PlaceLikeness.NOT_RECORDED: "",
    PlaceLikeness.OTHER: "another postcode",
}
"""For staff, in the middle of a sentence. A place that is not recorded is not mentioned."""

# Bound once for the path that every pair takes: in Python 3.11 fetching a member costs more than comparing two dates.
SAME_BIRTH = BirthLikeness.SAME
OTHER_BIRTH = BirthLikeness.OTHER
OTHER_NAME = NameLikeness.OTHER
FAMILY_ALONE = NameLikeness.FAMILY_ALONE

TWO_TYPING_ERRORS_FROM_LETTERS = 7
SHORTEST_TO_COMPARE_LETTERS = 3
SHORTEST_SOUND = 3
AGE_TOLERANCE_YEARS = 1


def name_likeness(one: Form, other: Form) -> NameLikeness:
    """How the names compare. Given and family names are compared apart, so that siblings are not alike.

    A given name may be a short form that no comparison of letters finds (Tom, Kasia): so a family name alone is told
    apart from another name altogether, and counts for very little (`weights.toml`).
    """
    if one.given == other.given and one.family == other.family and one.given and one.family:
        return NameLikeness.INITIAL if is_initial(one.given) else NameLikeness.SAME
    if not (one.given and one.family and other.given and other.family):
        return _partial_likeness(one, other)
    if one.given == other.family and one.family == other.given:
        return NameLikeness.SWAPPED
    same_family = similar(one.family, other.family)
    if same_family:
        if similar(one.given, other.given):
            return NameLikeness.SIMILAR
        if one.given[0] == other.given[0] and (is_initial(one.given) or is_initial(other.given)):
            return NameLikeness.INITIAL
    if one.given == other.given and not is_initial(one.given):
        return NameLikeness.GIVEN_ALONE
    if similar(one.given, other.family) and similar(one.family, other.given):
        return NameLikeness.SWAPPED_SIMILAR
    return FAMILY_ALONE if same_family and _digits(one.given) == _digits(other.given) else OTHER_NAME


def _partial_likeness(one: Form, other: Form) -> NameLikeness:
    if one.given and other.given:
        return NameLikeness.GIVEN_RECORDED if similar(one.given, other.given) else OTHER_NAME
    if one.family and other.family:
        return NameLikeness.FAMILY_RECORDED if similar(one.family, other.family) else OTHER_NAME
    return NameLikeness.NOT_RECORDED


def is_initial(given: str) -> bool:
    """Whether a given name is a single Latin letter: it may stand for twins alike."""
    return len(given) == 1 and given.isascii()


def similar(one: str, other: str) -> bool:
    """The same name but for typing errors, a second name left out, or another spelling of the same sound.

    One typing error, two in names of seven letters or more. Different digits number their bearers ("Child 1",
    "Child 2"), so such names are never similar.
    """
    if one == other:
        return True
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    if len(shorter) < SHORTEST_TO_COMPARE_LETTERS or _digits(one) != _digits(other):
        return False
    errors = 1 if len(longer) < TWO_TYPING_ERRORS_FROM_LETTERS else 2
    return (
        OSA.distance(one, other, score_cutoff=errors) <= errors
        or longer.startswith(shorter)
        or longer.endswith(shorter)
        or _sound_alike(one, other)
    )


def _sound_alike(one: str, other: str) -> bool:
    if first_sound(one) != first_sound(other):
        return False
    heard = sound(one)
    return len(heard) >= SHORTEST_SOUND and heard.isdigit() and heard == sound(other)


def _digits(word: str) -> str:
    return "" if word.isalpha() else "".join(sign for sign in word if sign.isdigit())


def birth_likeness(one: Form, other: Form) -> BirthLikeness:
    """How the dates of birth compare, or the ages where a date is not recorded on both sides."""
    if one.born and other.born:
        return _dates_likeness(one.born, other.born)
    if one.years is None or other.years is None:
        return BirthLikeness.NOT_RECORDED
    apart = max(one.years[0] - other.years[1], other.years[0] - one.years[1])
    return BirthLikeness.AGE_AGREES if apart <= AGE_TOLERANCE_YEARS else OTHER_BIRTH


def _dates_likeness(one: str, other: str) -> BirthLikeness:
    if one == other:
        return SAME_BIRTH
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return BirthLikeness.ONE_DIGIT
    if one[:4] != other[:4]:
        return OTHER_BIRTH
    if one[4:6] == other[6:] and one[6:] == other[4:6]:
        return BirthLikeness.SWAPPED
    return BirthLikeness.DAY_NOT_KNOWN if _day_not_known(one, other) else OTHER_BIRTH


def _day_not_known(one: str, other: str) -> bool:
    """Whether one of two dates in a year may stand for a day that is not known: 1 January, or the 1st or 15th."""
    if "0101" in (one[4:], other[4:]):
        return True
    return one[4:6] == other[4:6] and not {one[6:], other[6:]}.isdisjoint({"01", "15"})


def place_likeness(one: Form, other: Form) -> PlaceLikeness:
    """How the places compare; the same address counts only where no postcode speaks against it."""
    here, there = postcode(one.postcode), postcode(other.postcode)
    if here and there and here != there:
        return PlaceLikeness.OTHER
    if _same_address(address(one.address), address(other.address)):
        return PlaceLikeness.ADDRESS
    return PlaceLikeness.POSTCODE if here and here == there else PlaceLikeness.NOT_RECORDED


def _same_address(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same numbers, and the words of one among those of the other: a town or a county may be left out."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < 2 or not shorter <= longer:
        return False
    return all(word.isalpha() for word in longer - shorter)

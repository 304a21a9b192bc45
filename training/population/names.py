"""Names, numbers and places that plainly are nobody's: nonsense syllables, and a number in every family name."""

import hashlib

from training.population.dice import Dice

_ONSETS = ("b", "p", "v", "g", "k", "z", "d", "t", "dw", "l", "bl", "gl", "m", "n", "kn", "r", "br", "tr")
_VOWELS = ("a", "e", "i", "o", "u")
_ENDINGS = ("x", "q", "zz", "vk")
_STREETS = ("Example Street", "Sample Road", "Specimen Lane", "Placeholder Way", "Testing Close", "Mockup Avenue")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def given_name(dice: Dice) -> str:
    """Three nonsense syllables and an ending that no name has, such as "Brugizovk"."""
    return (_syllable(dice) + _syllable(dice) + _syllable(dice) + dice.one_of(_ENDINGS)).capitalize()


def family_name(dice: Dice) -> str:
    """Three nonsense syllables and a number, such as "Knubrigo47"."""
    return f"{(_syllable(dice) + _syllable(dice) + _syllable(dice)).capitalize()}{dice.whole(10, 99)}"


def postcode(dice: Dice) -> str:
    """A postcode of an area that there is not."""
    return f"ZZ{dice.whole(10, 98)} {dice.whole(1, 9)}{dice.one_of(_LETTERS)}{dice.one_of(_LETTERS)}"


def address(dice: Dice) -> str:
    """A house number and a street in Sampleton."""
    return f"{dice.whole(1, 180)} {dice.one_of(_STREETS)}, Sampleton"


def school(dice: Dice) -> str:
    """A school that there is not."""
    return f"Sample School {dice.whole(1, 40)}"


def force_number(letter: str, household: str, what: str) -> str:
    """A number of the force's own, which tells nobody whom it belongs to."""
    digest = hashlib.sha256(f"{household}/{what}".encode()).digest()
    return f"{letter}{int.from_bytes(digest[:8], 'big') % 10**12:012d}"


def _syllable(dice: Dice) -> str:
    return dice.one_of(_ONSETS) + dice.one_of(_VOWELS)

"""The comparable form of what names a person.

An empty string means "nothing to compare": not recorded, a placeholder, or nothing left once signs are taken away.

Placeholders. Words that nobody bears (unknown, n/k, unnamed) never count as a name, nor does "baby" or "child" as a
given name. Null, NaN, None and Na may be a system's way of saying nothing but are also people's names, so they count as
names unless the whole name is made of them. Short names (O, Ng, Li) are names.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

from screening.domain.household import RegisterEntry
from screening.matching.known import Form, KnownPerson, PersonDetails, PersonKind

NOT_A_NAME: frozenset[str] = frozenset(
    {
        "anonymous", "declined", "nk", "notapplicable", "notasked", "notgiven", "notknown", "notprovided",
        "notrecorded", "notstated", "refused", "tba", "tbc", "undefined", "unidentified", "unk", "unknown", "unnamed",
        "x", "xx", "xxx",
    }
)  # fmt: skip
"""Comparable forms that never are somebody's name."""

NOT_A_GIVEN_NAME: frozenset[str] = NOT_A_NAME | frozenset(
    {
        "baby", "babyboy", "babygirl", "boy", "child", "female", "girl", "infant", "male", "newborn", "unborn",
        "unbornbaby", "unbornchild",
    }
)  # fmt: skip
"""Words that stand for a given name which nobody asked for; some of them are real family names."""

PERHAPS_NO_NAME: frozenset[str] = frozenset({"na", "nan", "none", "null"})
"""Names of real people that systems also write for nothing; no name where given and family name both are among them."""

NO_REFERENCE: frozenset[str] = NOT_A_NAME | PERHAPS_NO_NAME
"""Comparable forms that are no number of a force; zeros alone, or three or more nines, are none either."""

OLDEST_BIRTH = date(1901, 1, 1)
"""Dates of birth up to this day are a system's first day, not a person's."""

NO_FIXED_ABODE = "ZZ99"
"""The outward half of pseudo-postcodes: they name no place."""

_ASCII = {code: None for code in range(128) if not chr(code).isalnum()} | {
    code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)
}
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ŋ": "ng", "ə": "e", "ʼ": None, "ʻ": None, "ـ": None,
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a letter and an accent, and letter-like signs that are none."""

_STREET_WORDS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive",
    "ct": "court", "crt": "court", "cres": "crescent", "pl": "place", "sq": "square", "gdns": "gardens",
    "gdn": "garden", "terr": "terrace", "tce": "terrace", "apt": "flat", "apartment": "flat", "no": "", "the": "",
}  # fmt: skip

_SOUNDS = {letter: sound for sound, letters in enumerate(("bfpvw", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
           for letter in letters}  # fmt: skip
_OPEN_SOUND = 0
COMPARED_BEFORE: Final = 10_000
"""So many forms are kept at hand: one contact's people are compared with the same known ones again and again."""

_DIGIT_THAT_COUNTS = re.compile("[1-8]")
"""No placeholder for a number has one of these."""


_UNBORN = PersonKind.UNBORN
_NO_FORM = Form("", "", "", "", None, None, None)


def form_of(person: PersonDetails) -> Form:
    """The comparable form of a person; an unborn child has none, since only their mother can be matched."""
    if person.kind == _UNBORN:
        return _NO_FORM
    given, family = _names(person.given_name, person.family_name)
    day = recorded_birth(person)
    return Form(
        force_number(person.force_code, person.person_reference),
        given,
        family,
        birth(day),
        _years(day) or _years_from_age(person),
        person.postcode,
        person.address,
    )


def known_as(person_id: str, details: PersonDetails) -> KnownPerson:
    """A record of somebody known, with its comparable form."""
    return KnownPerson(person_id, details, form_of(details))


def register_form(entry: RegisterEntry) -> Form:
    """The comparable form of a row of the care register."""
    given, family = _names(entry.given_name, entry.family_name)
    day = entry.date_of_birth
    return Form("", given, family, birth(day), _years(day), entry.postcode, None)


def recorded_birth(person: PersonDetails) -> date | None:
    """The date of birth, unless it is a system's own: its first day, or a 1 January that the age sent contradicts."""
    day, on = person.date_of_birth, person.seen_on
    if day is None or day <= OLDEST_BIRTH:
        return None
    if person.age_years is not None and on is not None and (day.month, day.day) == (1, 1):
        # Whoever was born in that year is of one of two ages in this; an age may be a year out besides.
        return day if -1 <= on.year - day.year - person.age_years <= 2 else None
    return day


def _names(given_name: str | None, family_name: str | None) -> tuple[str, str]:
    given, family = name(given_name, NOT_A_GIVEN_NAME), name(family_name)
    return ("", "") if given in PERHAPS_NO_NAME and family in PERHAPS_NO_NAME else (given, family)


def _years(day: date | None) -> tuple[int, int] | None:
    return None if day is None or day <= OLDEST_BIRTH else (day.year, day.year)


def _years_from_age(person: PersonDetails) -> tuple[int, int] | None:
    if person.age_years is None or person.seen_on is None:
        return None
    year = person.seen_on.year - person.age_years
    return (year - 1, year)


def comparable(text: str) -> str:
    """Letters and digits alone, without case, accents, spaces, apostrophes or hyphens: "Mc Donald" is "mcdonald"."""
    if text.isascii():
        return text.lower() if text.isalnum() else text.translate(_ASCII)
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return "".join(sign for sign in folded if _belongs_to_a_word(sign))


def _belongs_to_a_word(sign: str) -> bool:
    """Letters, digits, and the vowel signs of scripts that need them; not the accents that a keyboard leaves out."""
    if sign.isalnum():
        return True
    return unicodedata.combining(sign) == 0 and unicodedata.category(sign) in {"Mn", "Mc"}


def name(text: str | None, placeholders: frozenset[str] = NOT_A_NAME) -> str:
    """The comparable form of a name; empty for none and for a placeholder."""
    if not text:
        return ""
    bare = comparable(text)
    # "n/a" says that there is none, although Na is a name.
    return "" if bare in placeholders or (bare == "na" and "/" in text) else bare


def birth(day: date | None) -> str:
    """A date of birth as YYYYMMDD; empty for none and for a day that stands for none."""
    return "" if day is None or day <= OLDEST_BIRTH else day.isoformat().replace("-", "")


def force_number(force_code: str, reference: str | None) -> str:
    """A force's own number (nominal, log, crime) with its force, so that two forces' numbers never meet.

    Opaque but for case and spaces; empty for none and for a placeholder.
    """
    if not reference:
        return ""
    number = "".join(reference.split()).casefold()
    return (
        ""
        if not _DIGIT_THAT_COUNTS.search(number) and _stands_for_none(comparable(number))
        else f"{force_code} {number}"
    )


def _stands_for_none(bare: str) -> bool:
    return not bare.strip("0") or bare in NO_REFERENCE or (len(bare) > 2 and not bare.strip("9"))


@lru_cache(COMPARED_BEFORE)
def postcode(text: str | None) -> str:
    """A postcode in capitals without spaces; empty for half of one and for no fixed abode."""
    if not text:
        return ""
    bare = comparable(text).upper()
    return "" if not 5 <= len(bare) <= 7 or bare.isalpha() or bare.startswith(NO_FIXED_ABODE) else bare


@lru_cache(COMPARED_BEFORE)
def address(text: str | None) -> frozenset[str]:
    """The words of an address, common abbreviations written out."""
    if not text:
        return frozenset()
    words = (comparable(word) for word in text.replace(",", " ").split())
    return frozenset(_STREET_WORDS.get(word, word) for word in words) - {""}


@lru_cache(COMPARED_BEFORE)
def sound(word: str) -> str:
    """How a comparable name begins and which consonants follow, so that spellings of one sound agree.

    Own and simple: letters in six classes of consonants, vowels dropped, repeats joined, h and y silent. A name without
    Latin letters is its first three characters.
    """
    heard: list[int] = []
    last: int | None = None
    for letter in word:
        this = _SOUNDS.get(letter)
        if this is not None and this != last:
            heard.append(this)
        elif this is None and not heard and letter in "aeiouyh":
            heard.append(_OPEN_SOUND)
        # h is silent between two consonants of one class; a vowel parts them.
        last = last if letter == "h" else this
    return "".join(map(str, heard[:5])) if heard else word[:3]


def first_sound(word: str) -> int:
    """The class of sound that a comparable name begins with: names that differ in it do not sound alike."""
    return _SOUNDS.get(word[:1], _OPEN_SOUND)


def says_the_same(one: PersonDetails, other: PersonDetails) -> bool:
    """Whether two records of a person are found and compared alike, so that keeping both would add nothing.

    Addresses are left out: they only bear out what the rest says.
    """
    first, second = form_of(one), form_of(other)
    return first[:5] == second[:5] and postcode(first.postcode) == postcode(second.postcode)

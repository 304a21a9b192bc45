"""The keys under which known people and rows of the care register are looked for.

Whoever may be the same person shares a key, with rare exceptions. A sure key says by itself who somebody is; the looser
ones lead to everybody who is somewhat alike. Many people may share one of those (a date of birth that a system fills
in, the postcode of a hostel), so of a looser key only the newest records of known people are looked at: the work for
one contact stays bounded, and one crowded key takes nothing away from what the others find. Sure keys are never cut,
and neither is the care register, which is no larger than the authority's open cases.

Keys are BLAKE2 digests: they keep names out of an index in plain sight. They are no protection against somebody who
holds the database, where the details themselves lie.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from screening.domain.household import RegisterEntry
from screening.matching.known import PersonDetails
from screening.matching.normalise import Form, form_of, postcode, register_form, sound
from screening.matching.unborn import Awaited, may_be_unborn, row_names

NEWEST_OF_A_KEY: Final = 100
"""So many records of known people are looked at under one looser key, the newest ones."""

_SURE: Final = "="
"""What a sure key begins with, and no other."""


def is_sure(key: str) -> bool:
    """Whether everything under this key is looked at, however much it is."""
    return key.startswith(_SURE)


def keys(person: PersonDetails) -> frozenset[str]:
    """The keys of a person, at most ten.

    Two sure ones: nominal number; name and date of birth. The looser ones: the sounds of both names; date of birth with
    the beginning of either name; year of birth with the sound of one name and the beginning of the other (a year each
    way for an age); postcode with the sound of either name; postcode with date of birth. Swapped names share keys too.
    Empty for an unborn child and where nothing is recorded.
    """
    return _keys(form_of(person))


def register_keys(entry: RegisterEntry) -> frozenset[str]:
    """The keys of a row of the care register; they meet those of `keys`, and of `awaited_keys` for an unborn child."""
    found = _keys(register_form(entry))
    return found | _unborn(row_names(entry), postcode(entry.postcode)) if may_be_unborn(entry) else found


def awaited_keys(children: Iterable[Awaited]) -> frozenset[str]:
    """The keys under which rows of unborn children are looked for: the sound of each family name, and the postcode."""
    return frozenset[str]().union(*(_unborn(child.names, child.postcode) for child in children))


def _unborn(names: Iterable[str], place: str) -> frozenset[str]:
    parts = [f"unborn|{sound(name)}" for name in names] + ([f"unborn at|{place}"] if place else [])
    return frozenset(map(_digest, parts))


def _keys(form: Form) -> frozenset[str]:
    return frozenset((*(_SURE + _digest(part) for part in _sure(form)), *map(_digest, _looser(form))))


def _digest(part: str) -> str:
    return blake2b(part.encode(), digest_size=8).hexdigest()


def _sure(form: Form) -> list[str]:
    parts = [f"nominal|{form.nominal}"] if form.nominal else []
    if form.given and form.family and form.born:
        parts.append(f"whole|{form.given}|{form.family}|{form.born}")
    return parts


def _looser(form: Form) -> list[str]:
    given, family, born = form.given, form.family, form.born
    given_sound, family_sound = sound(given), sound(family)
    parts = [f"born|{born}|{heard[0]}" for heard in (given_sound, family_sound) if heard] if born else []
    if given and family:
        parts.append("name|" + "|".join(sorted((given_sound, family_sound))))
        for year in set(form.years or ()):
            parts.append(f"year|{year}|{family_sound}|{given_sound[0]}")
            parts.append(f"year|{year}|{given_sound}|{family_sound[0]}")
    place = postcode(form.postcode)
    if place:
        # By either name: a baby has no given one yet, and an initial or a slip changes its sound.
        parts += [f"place|{place}|{heard}" for heard in {given_sound, family_sound} if heard]
    if place and born:
        parts.append(f"place|{place}|{born}")
    return parts

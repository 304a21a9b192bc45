"""The keys under which known people and rows of the care register are looked for.

Whoever may be the same person shares a key, with rare exceptions. A sure key says by itself who somebody is; the looser
ones lead to everybody who is somewhat alike. Many people may share one of those (a date of birth that a system fills
in, the postcode of a hostel), so of a looser key only the newest records of known people are looked at: the work for
one contact stays bounded, and one crowded key takes nothing away from what the others find. Sure keys are never cut,
and neither is the care register, which is no larger than the authority's open cases.

Keys are BLAKE2 digests: they keep names out of an index in plain sight. They are no protection against somebody who
holds the database, where the details themselves lie. A key begins with the digest of what it has in common with its
neighbours (a place, a date of birth, the sound of a name), so that what one contact adds lies on few pages of an index
and not on one a key.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

from screening.domain.household import RegisterEntry
from screening.matching.known import Form, PersonDetails
from screening.matching.normalise import form_of, postcode, register_form, sound
from screening.matching.unborn import Awaited, may_be_unborn, row_names

NEWEST_OF_A_KEY: Final = 100
"""So many records of known people are looked at under one looser key, the newest ones."""

_SURE: Final = "="
"""What a sure key ends with, and no other."""

_NEAR_BYTES: Final = 4
_WHOLE_BYTES: Final = 8
_LAST_OF_A_NOMINAL: Final = 3
"""Numbers that were given one after another differ in their last characters."""


def is_sure(key: str) -> bool:
    """Whether everything under this key is looked at, however much it is."""
    return key.endswith(_SURE)


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
    return frozenset(_key("unborn", part) for part in parts)


def _keys(form: Form) -> frozenset[str]:
    return frozenset((*(_key(*parts) + _SURE for parts in _sure(form)), *(_key(*parts) for parts in _looser(form))))


def _key(near: str, whole: str) -> str:
    """The key of `whole`, beside all others that are `near`."""
    return _digest(near, _NEAR_BYTES) + _digest(whole, _WHOLE_BYTES)


def _digest(part: str, size: int) -> str:
    return blake2b(part.encode(), digest_size=size).hexdigest()


def _sure(form: Form) -> list[tuple[str, str]]:
    """What is near, and the whole, of each sure key."""
    nominal, given, family, born = form.nominal, form.given, form.family, form.born
    found = [(f"nominal|{nominal[:-_LAST_OF_A_NOMINAL]}", f"nominal|{nominal}")] if nominal else []
    if given and family and born:
        found.append((f"born|{born}", f"whole|{given}|{family}|{born}"))
    return found


def _looser(form: Form) -> list[tuple[str, str]]:
    """The same of each looser one."""
    given, family, born = form.given, form.family, form.born
    sounds = (sound(given), sound(family))
    found = [(f"born|{born}", f"born|{born}|{heard[0]}") for heard in sounds if heard] if born else []
    if given and family:
        first, second = sorted(sounds)
        found.append((f"name|{first}", f"name|{first}|{second}"))
        for one, other in (sounds, sounds[::-1]):
            found += [(f"name|{other}", f"year|{year}|{other}|{one[0]}") for year in set(form.years or ())]
    place = postcode(form.postcode)
    if place:
        # By either name: a baby has no given one yet, and an initial or a slip changes its sound.
        found += [(f"place|{place}", f"place|{place}|{heard}") for heard in {*sounds} if heard]
    if place and born:
        found.append((f"place|{place}", f"place|{place}|{born}"))
    return found

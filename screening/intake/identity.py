"""What a delivery calls itself, where that much can be read: so that a refused one can be listed and found again.

Nothing is judged here; a reference that cannot be trusted is simply not given.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final, TypeGuard

REFERENCE_AT_MOST: Final = 64
FORCE_CODE: Final = re.compile(r"^[0-9]{2}$")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


def identity_of(document: object, doubted: Collection[str] = ()) -> tuple[str | None, str | None]:
    """The `contact_reference` and `force_code` of what was sent; `None` for one that is absent or no such thing.

    `doubted` holds pointers that something is wrong with: what stands there is not given.
    """
    if not isinstance(document, Mapping):
        return None, None
    reference, force_code = document.get("contact_reference"), document.get("force_code")
    return (
        reference if "/contact_reference" not in doubted and _is_reference(reference) else None,
        force_code if "/force_code" not in doubted and is_force_code(force_code) else None,
    )


def is_force_code(value: object) -> TypeGuard[str]:
    """Whether this is a Home Office force code: two digits."""
    return isinstance(value, str) and len(value) == 2 and FORCE_CODE.match(value) is not None


def _is_reference(value: object) -> TypeGuard[str]:
    return (
        isinstance(value, str)
        and 0 < len(value) <= REFERENCE_AT_MOST
        and not value.isspace()
        and _UNPRINTABLE.search(value) is None
    )

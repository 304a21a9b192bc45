"""Documents that the contract accepts, and ways to spoil them, made by hypothesis from the schemas' own fields."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from marshmallow import fields

from screening.intake.field_kinds import Code, Day, Extensions, Text, Time, Truth, WholeNumber
from screening.intake.objects import Contracted, Items, Object
from screening.intake.schemas import ContactSchema
from tests.intake.documents import NOW

LETTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r\x85")
SENT_AT = "2026-09-14T07:30:00+01:00"

_FORMULA_LIKE = st.sampled_from(
    ["=1+1", "'=1+1", "+441632960000", "-2+3", "@SUM(A1:A9)", "''", "'t Sample", ";", "\ufeffx"]
)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(LETTERS, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=8), inner, max_size=3),
    max_leaves=5,
)


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Whole documents that the contract accepts, as of `NOW`."""
    return _object(ContactSchema()).map(lambda document: document | {"sent_at": SENT_AT})


def _object(schema: Contracted) -> st.SearchStrategy[dict[str, Any]]:
    required = {name: _value(field) for name, field in schema.fields.items() if field.required}
    optional = {name: _value(field) for name, field in schema.fields.items() if not field.required}
    return st.fixed_dictionaries(required, optional=optional)


def _value(field: fields.Field[Any]) -> st.SearchStrategy[Any]:
    if isinstance(field, Object):
        return _object(field.contracted)
    if isinstance(field, Items):
        return st.lists(_value(field.kind), min_size=field.least, max_size=3)
    if isinstance(field, Code):
        return st.sampled_from([str(code) for code in field.codes])
    if isinstance(field, WholeNumber):
        whole = st.integers(field.least, field.most)
        return whole | whole.map(float)
    if isinstance(field, Text):
        return _text(field)
    return _OTHERS[type(field)]


def _text(field: Text) -> st.SearchStrategy[str]:
    if field.pattern:
        return st.from_regex(r"[0-9]{2}", fullmatch=True)
    texts = st.text(LETTERS, max_size=12) | _FORMULA_LIKE
    return texts.filter(lambda text: bool(text.strip()) and not text.isspace()) if field.required else texts


_OTHERS: dict[type[Any], st.SearchStrategy[Any]] = {
    Truth: st.booleans(),
    Time: st.timedeltas(timedelta(hours=1), timedelta(days=30)).map(lambda ago: (NOW - ago).isoformat()),
    Day: st.dates(date(1900, 1, 1), NOW.date() - timedelta(days=1)).map(date.isoformat),
    Extensions: st.dictionaries(st.text(LETTERS, max_size=8), _JSON, max_size=3),
}

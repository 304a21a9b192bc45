"""The language of a condition: one readable line over named facts -> a typed tree, or its faults as sentences.

The text is parsed with `ast` and read against a white list; nothing of it is ever run. What may stand in it:

    fact                          a yes/no fact
    fact >= 2, fact == "high"     a number or a code beside a literal: == != and, where values rise, < <= > >=
    fact in ("used", "none")      one of several literals
    fact is known                 has a value; also `is unknown` (sent as not known) and `is not_recorded` (not sent)
    and  or  not  ( )

Everything is typed when it is read: a fact that there is not, a code that is none of the fact's levels, an order on a
code that has none are faults there, never surprises on a contact.
"""

import ast
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from screening.domain.errors import ScreeningError
from screening.domain.facts import Fact, FactKind

LONGEST_TEXT = 300
DEEPEST_NESTING = 6
LARGEST_NUMBER = 1_000_000

_ALLOWED = re.compile(r"[A-Za-z0-9_ \"'(),<>=!]")
_NUMBER_RUNS_INTO_WORD = re.compile(r"\b[0-9]+[A-Za-z_]")
_SINGLE_EQUALS = re.compile(r"(?<![=<>!])=(?!=)")


class Sign(StrEnum):
    """How a fact is compared."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class State(StrEnum):
    """Whether a fact has a value, and if not, why; always yes or no."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_RECORDED = "not_recorded"


Literal = str | int


@dataclass(frozen=True, slots=True)
class IsSo:
    """A yes/no fact as it stands."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A number or a code beside a literal."""

    fact: str
    sign: Sign
    value: Literal


@dataclass(frozen=True, slots=True)
class OneOf:
    """A number or a code that is one of several literals."""

    fact: str
    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Stands:
    """What is known of a fact."""

    fact: str
    state: State


@dataclass(frozen=True, slots=True)
class Negated:
    """Not so."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part is so."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part is so."""

    parts: tuple["Node", ...]


Node = IsSo | Compared | OneOf | Stands | Negated | AllOf | AnyOf
"""A condition, typed."""

_SIGNS: dict[type[ast.cmpop], Sign] = {
    ast.Eq: Sign.EQUAL,
    ast.NotEq: Sign.UNEQUAL,
    ast.Lt: Sign.LESS,
    ast.LtE: Sign.AT_MOST,
    ast.Gt: Sign.MORE,
    ast.GtE: Sign.AT_LEAST,
}
_UNORDERED_SIGNS = frozenset({Sign.EQUAL, Sign.UNEQUAL})

_NOT_ALLOWED: dict[type[ast.expr], str] = {
    ast.Call: "a call",
    ast.Constant: "a value on its own",
    ast.Tuple: "a list on its own",
    ast.IfExp: "if and else",
    ast.Lambda: "a function",
    ast.GeneratorExp: "a loop",
}


def read_condition(text: str, facts: Mapping[str, Fact]) -> tuple[Node | None, tuple[str, ...]]:
    """The typed tree of `text`, or `None` and every fault as a sentence."""
    faults = _faults_of_text(text)
    if faults:
        return None, faults
    try:
        expression = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return None, (_where_unreadable(text.strip(), error),)
    reader = _Reader(facts)
    node = reader.read(expression, 1)
    return (None if reader.faults else node), tuple(reader.faults)


def _faults_of_text(text: str) -> tuple[str, ...]:
    """What keeps the text from being parsed at all."""
    if not text.strip():
        return ("the condition is empty",)
    if len(text) > LONGEST_TEXT:
        return (f"the condition is longer than {LONGEST_TEXT} characters: make it two rules",)
    strange = sorted({char for char in text if not _ALLOWED.fullmatch(char)})
    if strange:
        shown = " ".join(
            char if char.isprintable() and not char.isspace() else f"U+{ord(char):04X}" for char in strange
        )
        return (f"these characters may not stand in a condition: {shown}",)
    if run := _NUMBER_RUNS_INTO_WORD.search(text):
        return (f'numbers are whole and plain: "{run.group()}" is not one',)
    if _SINGLE_EQUALS.search(text):
        return ('one "=" says nothing: write "=="',)
    return ()


def _where_unreadable(text: str, error: Exception) -> str:
    offset = error.offset if isinstance(error, SyntaxError) else None
    near = text[max(0, (offset or 1) - 1) :][:20]
    return f'cannot be read near "{near}"' if near else "cannot be read: it breaks off at its end"


class _Fault(ScreeningError):
    """One thing that is wrong with a part of the text, as a sentence."""


class _Reader:
    """Reads one expression; what is wrong with one part does not hide what is wrong with the next."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts
        self.faults: list[str] = []

    def read(self, expression: ast.expr, depth: int) -> Node | None:
        try:
            return self._node(expression, depth)
        except _Fault as fault:
            self.faults.append(str(fault))
            return None

    def _node(self, expression: ast.expr, depth: int) -> Node:
        if depth > DEEPEST_NESTING:
            raise _Fault(f"nested more than {DEEPEST_NESTING} deep: make it two rules")
        match expression:
            case ast.BoolOp(op=operator, values=values):
                read = [self.read(value, depth + 1) for value in values]
                parts = tuple(part for part in read if part is not None)
                return AllOf(parts) if isinstance(operator, ast.And) else AnyOf(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Negated(self._node(operand, depth + 1))
            case ast.Name(id=name):
                return _alone(self._fact(name))
            case ast.Compare(left=left, ops=[operator], comparators=[right]):
                return self._compare(left, operator, right)
            case ast.Compare():
                raise _Fault("two comparisons in a row: write them apart, with and between them")
        what = _NOT_ALLOWED.get(type(expression), "something else than facts, comparisons, and, or, not")
        raise _Fault(f"not allowed in a condition: {what} ({_shown(expression)})")

    def _fact(self, name: str) -> Fact:
        fact = self._facts.get(name)
        if fact is None:
            near = difflib.get_close_matches(name, self._facts, n=1)
            raise _Fault(f'there is no fact "{name}"' + (f'; did you mean "{near[0]}"?' if near else ""))
        return fact

    def _compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Node:
        if not isinstance(left, ast.Name):
            raise _Fault(f"a comparison begins with a fact, not with {_shown(left)}")
        fact = self._fact(left.id)
        match operator:
            case ast.Is():
                return _stands(fact, right)
            case ast.In():
                return _one_of(fact, right)
            case ast.IsNot():
                name = fact.name
                raise _Fault(f'write "{name} is unknown", "{name} is not_recorded" or "not ({name} is known)"')
            case ast.NotIn():
                raise _Fault(f'write "not ({fact.name} in (...))"')
        return _compared(fact, _SIGNS[type(operator)], right)


def _shown(expression: ast.expr) -> str:
    """A part of the text, cut short, in quotation marks of its own."""
    return f"`{ast.unparse(expression)[:40]}`"


def _alone(fact: Fact) -> Node:
    if fact.kind is not FactKind.YES_NO:
        raise _Fault(f'"{fact.name}" is a {fact.kind}, not a yes/no: compare it with a value')
    return IsSo(fact.name)


def _stands(fact: Fact, right: ast.expr) -> Node:
    if isinstance(right, ast.Name) and right.id in set(State):
        return Stands(fact.name, State(right.id))
    raise _Fault(f'after "{fact.name} is" comes known, unknown or not_recorded')


def _one_of(fact: Fact, right: ast.expr) -> Node:
    if not isinstance(right, ast.Tuple) or len(right.elts) < 2:
        raise _Fault(f'after "{fact.name} in" comes a list of two or more values: ("a", "b")')
    return OneOf(fact.name, tuple(_literal(fact, each) for each in right.elts))


def _compared(fact: Fact, sign: Sign, right: ast.expr) -> Node:
    value = _literal(fact, right)
    if fact.kind is FactKind.CODE and not fact.ordered and sign not in _UNORDERED_SIGNS:
        raise _Fault(f'the values of "{fact.name}" do not rise: only == and != compare it')
    return Compared(fact.name, sign, value)


def _literal(fact: Fact, right: ast.expr) -> Literal:
    if fact.kind is FactKind.YES_NO:
        raise _Fault(f'"{fact.name}" is a yes/no: write it alone, or after not')
    value = right.value if isinstance(right, ast.Constant) else None
    if fact.kind is FactKind.CODE:
        if not isinstance(value, str) or value not in fact.levels:
            raise _Fault(f'{_shown(right)} is no value of "{fact.name}", which is one of: {", ".join(fact.levels)}')
        return value
    if type(value) is not int:
        raise _Fault(f'"{fact.name}" is a number, compared with {_shown(right)}')
    if value > LARGEST_NUMBER:
        raise _Fault(f'"{fact.name}" is compared with a number above {LARGEST_NUMBER}')
    return value

"""Conditions: a typed tree -> a function of the facts that answers yes, no or not known.

Three-valued throughout (Kleene): what is not known is carried as `None` and never read as no. "No and not known" is
still no, "yes or not known" is still yes. A tree is turned into nested functions once, when the rulebook loads; on a
contact nothing is parsed, looked up by name twice, or run as code.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from screening.domain.errors import ScreeningError
from screening.domain.fact_list import FACTS
from screening.domain.facts import Fact, FactKind, Facts, FactValue, NotKnown
from screening.rules.grammar import (
    AllOf,
    AnyOf,
    Compared,
    IsSo,
    Literal,
    Negated,
    Node,
    OneOf,
    Sign,
    Stands,
    State,
    read_condition,
)

Answers = Callable[[Facts], bool | None]
"""Yes, no or not known (`None`), from the facts of one contact."""

Ground = tuple[str, bool]
"""A fact that made a condition hold, and whether it stands upright in it (not under "not")."""

Grounds = Callable[[Facts], tuple[Ground, ...]]


class ConditionFault(ScreeningError):
    """The text is no condition. `faults` are sentences, one for each thing that is wrong with it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition ready for use: its text, its tree, the facts it reads, and what it says of a contact's facts.

    `grounds`, asked only where it holds, names the facts that made it hold: of an "or" only the parts that do.
    """

    text: str
    tree: Node
    facts: frozenset[str]
    holds: Answers
    grounds: Grounds


def compile_condition(text: str, facts: Mapping[str, Fact] = FACTS) -> Condition:
    """The condition that `text` states over `facts`. Raises `ConditionFault` with every fault in it."""
    tree, faults = read_condition(text, facts)
    if tree is None:
        raise ConditionFault(faults)
    return Condition(text.strip(), tree, frozenset(facts_in(tree)), _answers(tree, facts), _grounds(tree, facts))


def facts_in(node: Node) -> tuple[str, ...]:
    """The facts that a tree reads, in the order of its text, each once."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(name for part in parts for name in facts_in(part)))
        case Negated(part):
            return facts_in(part)
    return (node.fact,)


def truths(fact: Fact, node: Compared | OneOf) -> dict[FactValue, bool]:
    """For a code: what the comparison says of each of its levels."""
    ranks = {level: rank for rank, level in enumerate(fact.levels)}
    if isinstance(node, OneOf):
        return {level: level in node.values for level in fact.levels}
    told = ranks[str(node.value)]
    return {level: _COMPARE[node.sign](rank, told) for level, rank in ranks.items()}


_COMPARE: dict[Sign, Callable[[int, int], bool]] = {
    Sign.EQUAL: lambda value, told: value == told,
    Sign.UNEQUAL: lambda value, told: value != told,
    Sign.LESS: lambda value, told: value < told,
    Sign.AT_MOST: lambda value, told: value <= told,
    Sign.MORE: lambda value, told: value > told,
    Sign.AT_LEAST: lambda value, told: value >= told,
}

_YES_NO: dict[FactValue, bool] = {True: True, False: False}


def _answers(node: Node, facts: Mapping[str, Fact]) -> Answers:
    match node:
        case AllOf(parts):
            return _all_of(tuple(_answers(part, facts) for part in parts))
        case AnyOf(parts):
            return _any_of(tuple(_answers(part, facts) for part in parts))
        case Negated(part):
            return _negated(_answers(part, facts))
        case Stands(name, state):
            return _stands(name, state)
        case IsSo(name):
            return _looked_up(name, _YES_NO)
    if facts[node.fact].kind is FactKind.CODE:
        return _looked_up(node.fact, truths(facts[node.fact], node))
    return _number(node)


def _grounds(node: Node, facts: Mapping[str, Fact]) -> Grounds:
    match node:
        case AllOf(parts):
            every = tuple(_grounds(part, facts) for part in parts)
            return lambda known: _each_once(part(known) for part in every)
        case AnyOf(parts):
            pairs = tuple((_answers(part, facts), _grounds(part, facts)) for part in parts)
            return lambda known: _each_once(part(known) for holds, part in pairs if holds(known) is True)
        case Negated(part):
            upside_down = tuple((name, False) for name in facts_in(part))
            return lambda _known: upside_down
    ground = ((node.fact, True),)
    return lambda _known: ground


def _each_once(groups: Iterable[tuple[Ground, ...]]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(ground for group in groups for ground in group))


def _looked_up(name: str, table: dict[FactValue, bool]) -> Answers:
    """A kind of not knowing is no key of the table, so it comes out as not known."""
    look_up = table.get
    return lambda known: look_up(known[name])


def _number(node: Compared | OneOf) -> Answers:
    name = node.fact
    if isinstance(node, OneOf):
        return _number_among(name, frozenset(node.values))
    compare, told = _COMPARE[node.sign], int(node.value)

    def holds(known: Facts) -> bool | None:
        value = known[name]
        return compare(value, told) if isinstance(value, int) else None

    return holds


def _number_among(name: str, values: frozenset[Literal]) -> Answers:
    def holds(known: Facts) -> bool | None:
        value = known[name]
        return value in values if isinstance(value, int) else None

    return holds


def _stands(name: str, state: State) -> Answers:
    if state is State.KNOWN:
        return lambda known: not isinstance(known[name], NotKnown)
    wanted = NotKnown.SENT if state is State.UNKNOWN else NotKnown.NOT_RECORDED
    return lambda known: known[name] is wanted


def _negated(part: Answers) -> Answers:
    opposite = {True: False, False: True, None: None}
    return lambda known: opposite[part(known)]


def _all_of(parts: tuple[Answers, ...]) -> Answers:
    def holds(known: Facts) -> bool | None:
        verdict: bool | None = True
        for part in parts:
            answer = part(known)
            if answer is False:
                return False
            if answer is None:
                verdict = None
        return verdict

    return holds


def _any_of(parts: tuple[Answers, ...]) -> Answers:
    def holds(known: Facts) -> bool | None:
        verdict: bool | None = False
        for part in parts:
            answer = part(known)
            if answer is True:
                return True
            if answer is None:
                verdict = None
        return verdict

    return holds

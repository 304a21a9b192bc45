"""The declared risks, and the checks that keep a rule from turning one round.

Raising a declared risk, or turning its "no" into a not-known, may never lower a response (contact contract, Declared
risks). So in a rule that makes a contact's way more cautious a declared risk stands upright only: never under "not",
never as "at most", never as a level in the middle, and never as "is known". Only an enquiry may ask whether one is not
known.
"""

from collections.abc import Mapping

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.facts import Fact, FactKind, FactValue
from screening.domain.signals import EffectKind
from screening.rules.conditions import Condition, truths
from screening.rules.grammar import AllOf, AnyOf, Compared, IsSo, Negated, Node, OneOf, Sign, Stands, State

CAUTIOUS: frozenset[EffectKind] = frozenset(
    {EffectKind.FLOOR, EffectKind.ENQUIRY, EffectKind.URGENCY, EffectKind.UPLIFT, EffectKind.SIGN_OFF}
)
"""The effects that make a contact's way more cautious; a route and a notice do not."""

FORM_ITEMS: frozenset[str] = frozenset(f"form_{item}" for item in RISK_FORM_ITEMS)

RISING: frozenset[str] = FORM_ITEMS | {
    "violence",
    "threats",
    "weapon",
    "adult_injury",
    "strangulation",
    "threat_to_kill",
    "order_breached",
    "honour_based",
    "forced_marriage",
    "fgm_risk",
    "honour_or_forced_marriage_or_fgm",
    "separated",
    "alcohol",
    "drugs",
    "grade",
    "marac_referred",
    "form_ticks",
    "child_injured",
    "child_intervened",
    "child_threatened",
    "child_disclosed_fear",
    "child_presence",
    "child_presence_sent_unknown",
    "child_saw_or_heard",
    "child_under_1",
    "child_under_5",
    "child_under_7",
    "party_under_18",
    "unborn_child",
    "special_needs",
    "mental_health_concern",
    "substance_concern",
    "earlier_incidents",
    "suspect_other_households",
    "suspect_violence_convictions",
}
"""Facts of which more is more risk. `child_identified` is not one: an enquiry asks for its absence, and a pregnancy,
which would answer that enquiry, is a floor of its own."""

FALLING: frozenset[str] = frozenset({"youngest_child_age", "days_since_last_incident"})
"""Numbers of which less is more risk."""

_FAR_ABOVE = 1_000_000
_NOT_KNOWN = frozenset({State.UNKNOWN, State.NOT_RECORDED})
_UPWARD = frozenset({Sign.MORE, Sign.AT_LEAST})
_DOWNWARD = frozenset({Sign.LESS, Sign.AT_MOST})


def turned_round(condition: Condition, facts: Mapping[str, Fact], effects: frozenset[EffectKind]) -> tuple[str, ...]:
    """A sentence for each declared risk that `condition` turns round; none where no effect is a cautious one."""
    cautious = effects & CAUTIOUS
    if not cautious:
        return ()
    may_ask = cautious == {EffectKind.ENQUIRY}
    return tuple(dict.fromkeys(_faults(condition.tree, facts, upright=True, may_ask=may_ask)))


def one_tick_is_enough(condition: Condition, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The answers of the risk form that would make `condition` hold alone, on a contact where nothing else is so."""
    ticks = sorted(condition.facts & FORM_ITEMS)
    quiet = {name: _quiet(facts[name]) for name in condition.facts}
    return tuple(tick for tick in ticks if condition.holds({**quiet, tick: True}) is True)


def _quiet(fact: Fact) -> FactValue:
    if fact.kind is FactKind.YES_NO:
        return False
    if fact.kind is FactKind.CODE:
        return fact.levels[0]
    return _FAR_ABOVE if fact.name in FALLING else 0


def _faults(node: Node, facts: Mapping[str, Fact], *, upright: bool, may_ask: bool) -> list[str]:
    match node:
        case AllOf(parts) | AnyOf(parts):
            return [fault for part in parts for fault in _faults(part, facts, upright=upright, may_ask=may_ask)]
        case Negated(part):
            return _faults(part, facts, upright=False, may_ask=may_ask)
    if node.fact not in RISING | FALLING:
        return []
    if not upright:
        return [
            f'"{node.fact}" is a declared risk and may not stand under "not": more of it would make less of the rule'
        ]
    if isinstance(node, Stands):
        return _fault_of_asking(node, may_ask=may_ask)
    if isinstance(node, IsSo) or _rises_with(node, facts[node.fact]):
        return []
    way = "at most (< or <=)" if node.fact in FALLING else "at least (> or >=), or as its highest level"
    return [f'"{node.fact}" is a declared risk and may only stand as {way}: a higher risk would slip past']


def _fault_of_asking(node: Stands, *, may_ask: bool) -> list[str]:
    if may_ask and node.state in _NOT_KNOWN:
        return []
    return [
        f'whether "{node.fact}", a declared risk, is known may be asked only by an enquiry, as unknown or not_recorded'
    ]


def _rises_with(node: Compared | OneOf, fact: Fact) -> bool:
    """Whether the comparison, once so, stays so as the risk rises."""
    if fact.kind is FactKind.CODE:
        said = list(truths(fact, node).values())
        return said == sorted(said)
    return isinstance(node, Compared) and node.sign in (_DOWNWARD if fact.name in FALLING else _UPWARD)

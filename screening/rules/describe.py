"""The rulebook in words, for a safeguarding lead: grouped by what a rule does, with why, source, basis and dates."""

import textwrap
from collections.abc import Mapping
from itertools import groupby

from screening.domain.fact_list import FACTS
from screening.domain.facts import Fact
from screening.domain.signals import Effect, EffectKind
from screening.rules.grammar import AllOf, AnyOf, Compared, IsSo, Negated, Node, OneOf, Sign, Stands, State
from screening.rules.rule import EFFECTS, LOCAL_POLICY, Rule
from screening.rules.rulebook import Rulebook

GROUPS: Mapping[str, str] = {
    "floor:assessment": "Suggest an assessment, whatever the score",
    "floor:early_help": "Suggest early help at least, whatever the score",
    "uplift": "Turn a floor of early help into one of assessment (never acts alone)",
    "enquiry": "Do not suggest no further action until a person has found something out",
    "route:allocated_worker": "Send to the allocated worker",
    "urgency:immediate": "Decide within the hour, day or night",
    "urgency:same_day": "Decide the same day",
    "sign_off": "Closing needs a second person",
    "notice": "Shown to the worker; changes nothing by itself",
}
"""What each effect does, in words, in the order in which rules are listed."""

COLUMNS = 100
INDENT = "      "

_SIGNS: Mapping[Sign, str] = {
    Sign.EQUAL: "is {}",
    Sign.UNEQUAL: "is not {}",
    Sign.LESS: "is below {}",
    Sign.AT_MOST: "is {} or less",
    Sign.MORE: "is above {}",
    Sign.AT_LEAST: "is {} or more",
}
_STATES: Mapping[State, str] = {
    State.KNOWN: "is known",
    State.UNKNOWN: "was sent as not known",
    State.NOT_RECORDED: "was not recorded",
}


def list_rules(rulebook: Rulebook) -> str:
    """Every rule in words, each once, under the weightiest thing it does."""
    order = list(EFFECTS.values())
    listed = sorted(rulebook.rules, key=lambda rule: order.index(rule.effects[0]))
    lines = [*_opening(rulebook)]
    for effect, rules in groupby(listed, key=lambda rule: rule.effects[0]):
        heading = GROUPS[str(effect)]
        lines += ["", heading.upper(), ""]
        for rule in rules:
            lines += [*_rule(rule, effect), ""]
    return "\n".join([*lines, *_information(rulebook)]) + "\n"


def in_words(node: Node, facts: Mapping[str, Fact] = FACTS) -> str:
    """A condition as a sentence's part."""
    match node:
        case AllOf(parts):
            return ", and ".join(_inside(part, facts) for part in parts)
        case AnyOf(parts):
            return ", or ".join(_inside(part, facts) for part in parts)
        case Negated(part):
            return f"not: {_inside(part, facts)}"
        case IsSo(name):
            return f'"{facts[name].text}"'
        case Stands(name, state):
            return f'"{facts[name].text}" {_STATES[state]}'
        case OneOf(name, values):
            return f'"{facts[name].text}" is one of {", ".join(_value(value) for value in values)}'
    return f'"{facts[node.fact].text}" {_compared(node, facts[node.fact])}'


def _inside(node: Node, facts: Mapping[str, Fact]) -> str:
    words = in_words(node, facts)
    return f"({words})" if isinstance(node, AllOf | AnyOf) else words


def _compared(node: Compared, fact: Fact) -> str:
    highest = fact.ordered and node.value == fact.levels[-1]
    sign = Sign.EQUAL if highest and node.sign is Sign.AT_LEAST else node.sign
    return _SIGNS[sign].format(_value(node.value))


def _value(value: str | int) -> str:
    return str(value).replace("_", " ")


def _opening(rulebook: Rulebook) -> list[str]:
    local = sum(1 for rule in rulebook.rules if rule.basis == LOCAL_POLICY)
    return [
        f"The rulebook: {len(rulebook.rules)} rules, {local} of them local policy.",
        f"SHA-256 {rulebook.digest}",
        "",
        "Published: the document named supports the rule as it stands.",
        "Local policy: the authority that runs this service owns the rule and reviews it; documents named beside it",
        "support the circumstance, not the response. There is no national list of what must lead to an assessment.",
        "A fact that is not known never makes a rule fire, and is never read as no.",
    ]


def _rule(rule: Rule, under: Effect) -> list[str]:
    also = [
        GROUPS[str(effect)].lower()
        for effect in rule.effects
        if effect != under and effect.kind is not EffectKind.NOTICE
    ]
    parts = [
        ("When", in_words(rule.condition.tree)),
        ("Written", rule.condition.text),
        ("Leaves as they are", ", ".join(sorted(rule.does_not_raise))),
        ("Also", "; ".join(also)),
        ("Shown", rule.notice),
        ("Why", rule.why),
        ("Source", rule.source_text),
        ("Basis", f"{rule.basis}. Owner: {rule.owner}."),
        ("Dates", f"incidents from {rule.in_force_from.isoformat()}; review by {rule.review_by.isoformat()}"),
    ]
    return [
        f"{rule.id}  {rule.wording}",
        *(line for name, text in parts if text for line in _wrapped(f"{name}: {text}")),
    ]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, COLUMNS, initial_indent=INDENT, subsequent_indent=INDENT + "  ", break_on_hyphens=False)


def _information(rulebook: Rulebook) -> list[str]:
    counted = rulebook.information
    limit = f"more than {counted.not_known_at_most} of these {len(counted.facts)}"
    return [
        "TOO LITTLE INFORMATION",
        "",
        f"No further action is not suggested where {limit} are not recorded or were sent as not known:",
        *(f"{INDENT}{FACTS[name].text}" for name in counted.facts),
    ]

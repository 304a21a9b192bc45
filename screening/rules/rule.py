"""One rule: a row of the rulebook as a frozen value, and how it is read.

Reading finds every fault of a row at once, each a sentence. Which rules there are is data (`rulebook.toml`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from screening.domain.facts import Fact
from screening.domain.signals import Effect, EffectKind
from screening.rules.conditions import Condition, ConditionFault, compile_condition
from screening.rules.declared import one_tick_is_enough, turned_round

PUBLISHED = "published"
LOCAL_POLICY = "local policy"
BASES = (PUBLISHED, LOCAL_POLICY)

ASSESSMENT_FLOOR = Effect(EffectKind.FLOOR, "assessment")
EARLY_HELP_FLOOR = Effect(EffectKind.FLOOR, "early_help")

EFFECTS: Mapping[str, Effect] = {
    str(effect): effect
    for effect in (
        ASSESSMENT_FLOOR,
        EARLY_HELP_FLOOR,
        Effect(EffectKind.UPLIFT),
        Effect(EffectKind.ENQUIRY),
        Effect(EffectKind.ROUTE, "allocated_worker"),
        Effect(EffectKind.URGENCY, "immediate"),
        Effect(EffectKind.URGENCY, "same_day"),
        Effect(EffectKind.SIGN_OFF),
        Effect(EffectKind.NOTICE),
    )
}
"""Everything that a rule may do, the weightiest first (design decision 1); a rule's effects are kept in this order."""

LONGEST_WORDS = 400

_ID = re.compile(r"R[0-9]{3,5}")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9-]*( [^;]+)?")
_NEEDED = (
    "id",
    "key",
    "wording",
    "why",
    "source",
    "basis",
    "owner",
    "in_force_from",
    "review_by",
    "condition",
    "effects",
)
_OPTIONAL = ("notice", "does_not_raise")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `key` is the catalogue's name for its criterion, `source` are keys of docs/sources.md, with clauses.

    It is applied to incidents on or after `in_force_from`. `does_not_raise`, of an uplift only, names the floors of
    early help that are already about what the uplift is about, so that one circumstance is not counted twice.
    """

    id: str
    key: str
    wording: str
    why: str
    source: tuple[str, ...]
    basis: str
    owner: str
    in_force_from: date
    review_by: date
    condition: Condition
    effects: tuple[Effect, ...]
    notice: str = ""
    does_not_raise: frozenset[str] = frozenset()

    @property
    def source_text(self) -> str:
        """Every source on one line."""
        return "; ".join(self.source)


def read_rule(row: Mapping[str, object], number: int, facts: Mapping[str, Fact]) -> tuple[Rule | None, tuple[str, ...]]:
    """The rule in a row, or `None` and every fault of it. `number` is the row's place, for one that has no id."""
    given = row.get("id")
    name = given if isinstance(given, str) and _ID.fullmatch(given) else f"rule number {number}"
    reader = _Row(row)
    rule = _read(reader, facts)
    return (None if reader.faults else rule), tuple(f"{name}: {fault}" for fault in reader.faults)


def _read(row: "_Row", facts: Mapping[str, Fact]) -> Rule:
    row.refuse_unknown()
    effects = row.effects()
    rule = Rule(
        id=row.shaped("id", _ID, 'an R and three figures, as "R001"'),
        key=row.shaped("key", _KEY, "small letters, figures and _"),
        wording=row.words("wording"),
        why=row.words("why"),
        source=row.sources(),
        basis=row.words("basis"),
        owner=row.words("owner"),
        in_force_from=row.day("in_force_from"),
        review_by=row.day("review_by"),
        condition=row.condition(effects, facts),
        effects=effects,
        notice=row.words("notice") if "notice" in row.given else "",
        does_not_raise=frozenset(row.texts("does_not_raise")) if "does_not_raise" in row.given else frozenset(),
    )
    row.hold_together(rule)
    return rule


class _Row:
    """Reads the fields of one row and keeps every fault; a faulty field comes out as something harmless."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self.given = given
        self.faults: list[str] = []

    def refuse_unknown(self) -> None:
        for name in self.given:
            if name not in _NEEDED + _OPTIONAL:
                self.faults.append(f'"{name}" is no part of a rule')

    def words(self, name: str) -> str:
        """A line of text."""
        value = self.given.get(name)
        if name not in self.given:
            self.faults.append(f"{name} is missing")
        elif not isinstance(value, str):
            self.faults.append(f"{name} is not a text")
        elif not value.strip():
            self.faults.append(f"{name} is empty")
        elif len(value) > LONGEST_WORDS or not value.isprintable():
            self.faults.append(f"{name} is not one line of at most {LONGEST_WORDS} characters")
        else:
            return value
        return ""

    def shaped(self, name: str, shape: re.Pattern[str], said: str) -> str:
        """A text of a given shape."""
        value = self.words(name)
        if value and not shape.fullmatch(value):
            self.faults.append(f"{name} is not {said}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of one or more different texts."""
        value = self.given.get(name)
        if name not in self.given:
            self.faults.append(f"{name} is missing")
        elif not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
            self.faults.append(f"{name} is not a list of one or more texts")
        elif len(set(value)) < len(value):
            self.faults.append(f"{name} says something twice")
        else:
            return tuple(cast("list[str]", value))
        return ()

    def sources(self) -> tuple[str, ...]:
        """Keys of docs/sources.md, each with its clause."""
        sources = self.texts("source")
        self.faults += [
            f'source "{each[:60]}" does not begin with a key, as "ca-1989 s47": small letters, figures and -'
            for each in sources
            if not _SOURCE.fullmatch(each) or not each.isprintable()
        ]
        return sources

    def day(self, name: str) -> date:
        """A date; a time of day is none."""
        value = self.given.get(name)
        if name not in self.given:
            self.faults.append(f"{name} is missing")
        elif type(value) is not date:
            self.faults.append(f"{name} is not a date, as 2027-09-30")
        else:
            return value
        return date.max

    def effects(self) -> tuple[Effect, ...]:
        """What the rule does, the weightiest first."""
        names = self.texts("effects")
        self.faults += [
            f'there is no effect "{name[:40]}"; there are: {", ".join(EFFECTS)}'
            for name in names
            if name not in EFFECTS
        ]
        return tuple(effect for name, effect in EFFECTS.items() if name in names)

    def condition(self, effects: tuple[Effect, ...], facts: Mapping[str, Fact]) -> Condition:
        """The condition, typed, turning no declared risk round, and no floor of assessment on one tick of the form."""
        text = self.words("condition")
        try:
            condition = compile_condition(text, facts) if text else _NEVER
        except ConditionFault as fault:
            self.faults += [f"condition: {sentence}" for sentence in fault.faults]
            return _NEVER
        kinds = frozenset(effect.kind for effect in effects)
        self.faults += [f"condition: {sentence}" for sentence in turned_round(condition, facts, kinds)]
        if ASSESSMENT_FLOOR in effects:
            self.faults += [
                f'condition: "{tick}" alone, one tick of the risk form, would set a floor of assessment'
                for tick in one_tick_is_enough(condition, facts)
            ]
        return condition

    def hold_together(self, rule: Rule) -> None:
        """What no field shows alone."""
        kinds = [effect.kind for effect in rule.effects]
        if rule.basis and rule.basis not in BASES:
            self.faults.append(f'basis is neither "{PUBLISHED}" nor "{LOCAL_POLICY}"')
        days = [self.given.get(name) for name in ("in_force_from", "review_by")]
        if all(type(day) is date for day in days) and rule.review_by < rule.in_force_from:
            self.faults.append("review_by is before in_force_from")
        if EffectKind.UPLIFT in kinds and len(kinds) > 1:
            self.faults.append("an uplift has no other effect beside it")
        self.faults += [
            f"{kind} stands in effects twice"
            for kind in (EffectKind.FLOOR, EffectKind.URGENCY)
            if kinds.count(kind) > 1
        ]
        if EffectKind.NOTICE in kinds and "notice" not in self.given:
            self.faults.append("notice is missing: the effect says that one is shown")
        if EffectKind.NOTICE not in kinds and "notice" in self.given:
            self.faults.append('a notice is given, but "notice" is not among the effects')
        if rule.does_not_raise and EffectKind.UPLIFT not in kinds:
            self.faults.append("does_not_raise belongs to an uplift only")


_NEVER = compile_condition("child_identified and not child_identified")

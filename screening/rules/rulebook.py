"""The rulebook: the whole file as a frozen value, known by the SHA-256 of its exact bytes.

It loads whole or not at all: `load` raises `RulebookRefused` with every fault at once, each a sentence that names the
rule. What is no fault but wants a person's eye (a review date gone by, a source that is described nowhere) is in
`warnings_on`. Days are arguments.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import cast

from screening.domain.errors import RulebookRefused
from screening.domain.fact_list import FACTS
from screening.domain.facts import Fact
from screening.domain.signals import EffectKind
from screening.rules.rule import EARLY_HELP_FLOOR, Rule, read_rule

LARGEST_BYTES = 1_000_000

_PARTS = ("information", "retired", "rule")
_COUNTED_ON = (EffectKind.FLOOR, EffectKind.ENQUIRY, EffectKind.URGENCY, EffectKind.ROUTE)


@dataclass(frozen=True, slots=True)
class Information:
    """What counts towards too little information: more than `not_known_at_most` of `facts` without a value."""

    facts: tuple[str, ...]
    not_known_at_most: int


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every rule, in the file's order. `digest` is in hex; `retired` are ids that no rule may ever have again.

    `text` is the file as it was read: it is kept for ever beside what was suggested under it.
    """

    digest: str
    rules: tuple[Rule, ...]
    information: Information
    retired: frozenset[str] = frozenset()
    text: str = field(default="", repr=False)


def default_text() -> str:
    """The rulebook that is shipped, exactly as it is."""
    return resources.files("screening.rules").joinpath("rulebook.toml").read_bytes().decode("utf-8")


def load(content: str | bytes, facts: Mapping[str, Fact] = FACTS) -> Rulebook:
    """The rulebook in `content`, typed against `facts`. Raises `RulebookRefused` with every fault as a sentence."""
    exact, document = _parsed(content)
    faults = [f'"{name}" is no part of a rulebook' for name in document if name not in _PARTS]
    rules, faults_of_rules = _rules(document, facts)
    information, faults_of_information = _information(document.get("information"), facts)
    retired, faults_of_retired = _retired(document, rules)
    faults += [*faults_of_information, *faults_of_rules, *faults_of_retired]
    if faults or information is None:
        raise RulebookRefused(tuple(faults))
    return Rulebook(hashlib.sha256(exact).hexdigest(), rules, information, retired, exact.decode("utf-8"))


def check_text(content: str | bytes) -> list[str]:
    """Every fault that keeps a rulebook from loading, as sentences; none where it loads."""
    try:
        load(content)
    except RulebookRefused as refused:
        return list(refused.faults)
    return []


def described_sources() -> frozenset[str]:
    """The keys of docs/sources.md, kept beside the rulebook since documents are not installed with the service."""
    return frozenset(resources.files("screening.rules").joinpath("sources.txt").read_text(encoding="utf-8").split())


def warnings_on(rulebook: Rulebook, day: date) -> list[str]:
    """What wants a person's eye on `day`, though the rulebook loads.

    A source that is not described is none that keeps a rulebook from loading: an authority may cite its own documents,
    and a rulebook of years ago must load whatever the page says by then.
    """
    described = described_sources()
    warnings = [
        f'{rule.id}: source "{source[:60]}" begins with no key of docs/sources.md: describe it there'
        for rule in rulebook.rules
        for source in rule.source
        if source.split(" ", 1)[0] not in described
    ]
    warnings += [
        f"{rule.id}: its review was due by {rule.review_by.isoformat()} (owner: {rule.owner})"
        for rule in rulebook.rules
        if rule.review_by < day
    ]
    warnings += [
        f"{rule.id}: not applied to incidents before {rule.in_force_from.isoformat()}"
        for rule in rulebook.rules
        if rule.in_force_from > day
    ]
    used = {effect.kind for rule in rulebook.rules for effect in rule.effects}
    return warnings + [f'no rule has the effect "{kind}"' for kind in _COUNTED_ON if kind not in used]


def _parsed(content: str | bytes) -> tuple[bytes, dict[str, object]]:
    """The exact bytes and what they say. Raises `RulebookRefused` where that cannot be read."""
    try:
        exact = content if isinstance(content, bytes) else content.encode("utf-8")
        text = exact.decode("utf-8")
    except UnicodeError:
        raise RulebookRefused(("the rulebook is not UTF-8 text",)) from None
    if len(exact) > LARGEST_BYTES:
        raise RulebookRefused((f"the rulebook is larger than {LARGEST_BYTES} bytes",))
    if not text.strip("\ufeff \t\r\n"):
        raise RulebookRefused(("the rulebook is empty",))
    try:
        return exact, tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise RulebookRefused((f"the rulebook is not TOML: {error}",)) from None


def _rules(document: Mapping[str, object], facts: Mapping[str, Fact]) -> tuple[tuple[Rule, ...], list[str]]:
    rows = document.get("rule", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return (), ['"rule" is not a list of rules: each begins with a line [[rule]]']
    if not rows:
        return (), ["there is no rule in the rulebook"]
    read = [read_rule(row, number, facts) for number, row in enumerate(rows, start=1)]
    rules = tuple(rule for rule, _ in read if rule is not None)
    ids = [row["id"] for row in rows if isinstance(row.get("id"), str)]
    faults = [fault for _, faults in read for fault in faults]
    faults += [f"{name}: {count} rules have this id" for name, count in Counter(ids).items() if count > 1]
    return rules, faults + _faults_of_uplifts(rules)


def _faults_of_uplifts(rules: tuple[Rule, ...]) -> list[str]:
    early_help = {rule.id for rule in rules if EARLY_HELP_FLOOR in rule.effects}
    return [
        f'{rule.id}: does_not_raise names "{name[:20]}", which is no rule with a floor of early help'
        for rule in rules
        for name in sorted(rule.does_not_raise - early_help)
    ]


def _information(table: object, facts: Mapping[str, Fact]) -> tuple[Information | None, list[str]]:
    if not isinstance(table, dict):
        return None, ["information: the table is missing, so it is not said how much must be known"]
    given = cast("dict[str, object]", table)
    names, limit = given.get("facts"), given.get("not_known_at_most")
    faults = [f'information: "{name}" is no part of it' for name in given if name not in {"facts", "not_known_at_most"}]
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        return None, [*faults, "information: facts is not a list of names of facts"]
    faults += [f'information: there is no fact "{name[:60]}"' for name in names if name not in facts]
    faults += [f'information: "{name[:60]}" stands there twice' for name, times in Counter(names).items() if times > 1]
    if type(limit) is not int or not 0 <= limit < len(names):
        return None, [*faults, "information: not_known_at_most is not a whole number below the number of facts"]
    return Information(tuple(names), limit), faults


def _retired(document: Mapping[str, object], rules: tuple[Rule, ...]) -> tuple[frozenset[str], list[str]]:
    names = document.get("retired", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return frozenset(), ['"retired" is not a list of ids']
    retired = frozenset(names)
    return retired, [
        f"{rule.id}: this id is retired, and an id is never used again" for rule in rules if rule.id in retired
    ]

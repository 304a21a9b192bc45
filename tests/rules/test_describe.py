"""The rulebook in words, for somebody who reads no code."""

import pytest

from screening.rules.conditions import compile_condition
from screening.rules.describe import COLUMNS, GROUPS, in_words, list_rules
from screening.rules.rule import EFFECTS
from screening.rules.rulebook import default_text, load

RULEBOOK = load(default_text())
LISTED = list_rules(RULEBOOK)


def test_every_rule_is_listed_once_with_all_that_is_said_of_it() -> None:
    flat = " ".join(LISTED.split())
    for rule in RULEBOOK.rules:
        assert LISTED.count(f"\n{rule.id}  ") == 1
        for said in (rule.wording, rule.why, rule.source_text, rule.condition.text, rule.owner, rule.notice):
            assert " ".join(said.split()) in flat
        assert f"Basis: {rule.basis}." in flat
        assert rule.review_by.isoformat() in flat


def test_rules_stand_under_what_they_do_the_weightiest_first() -> None:
    places = [LISTED.index(heading.upper()) for effect, heading in GROUPS.items() if effect != "urgency:same_day"]

    assert places == sorted(places)
    assert set(GROUPS) == set(EFFECTS)


def test_no_line_is_too_wide_to_read() -> None:
    assert max(len(line) for line in LISTED.splitlines()) <= COLUMNS + 30


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("strangulation", '"Strangulation, suffocation or choking in this incident"'),
        ('weapon >= "threatened"', '"Weapon or object" is threatened or more'),
        ('weapon >= "used"', '"Weapon or object" is used'),
        (
            'grade == "high" and not open_case',
            '"Officer\'s grade of risk to the adult" is high, and not: "Already open to a social worker"',
        ),
        ("earlier_incidents > 2", '"Earlier incidents in the 12 months before" is above 2'),
        ('incident_type in ("threats", "other")', '"Type of incident" is one of threats, other'),
        ("arrest is unknown", '"An arrest was made" was sent as not known'),
        (
            "(violence or threats) and arrest is known",
            '("Physical violence in this incident", or "Threats in this incident"), and "An arrest was made" is known',
        ),
    ],
)
def test_a_condition_is_said_in_words(text: str, words: str) -> None:
    assert in_words(compile_condition(text).tree) == words

"""The rulebook's loader: it loads whole or says everything that is wrong; and what the shipped rulebook promises."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.errors import RulebookRefused
from screening.domain.fact_list import FACTS
from screening.domain.signals import EffectKind
from screening.rules.rule import ASSESSMENT_FLOOR, BASES, LOCAL_POLICY
from screening.rules.rulebook import check_text, default_text, described_sources, load, warnings_on

INFORMATION = '[information]\nnot_known_at_most = 1\nfacts = ["weapon", "grade"]\n'
ROW = """
[[rule]]
id = "R001"
key = "weapon"
wording = "A weapon was used"
why = "Because it is made up."
source = ["local-policy", "dash-police 16"]
basis = "local policy"
owner = "Service manager"
in_force_from = 2026-04-01
review_by = 2027-04-01
condition = 'weapon == "used"'
effects = ["floor:assessment"]
"""
BOOK = INFORMATION + ROW


def without(field: str) -> str:
    return re.sub(rf"^{field} = .*\n", "", BOOK, flags=re.MULTILINE)


def with_field(field: str, value: str) -> str:
    return re.sub(rf"^{field} = .*$", lambda _: f"{field} = {value}", BOOK, flags=re.MULTILINE)


def test_a_rulebook_loads_as_it_is_written() -> None:
    rulebook = load(BOOK)
    (rule,) = rulebook.rules

    assert rulebook.information.facts == ("weapon", "grade")
    assert rulebook.information.not_known_at_most == 1
    assert (rule.id, rule.key, rule.basis, rule.source) == (
        "R001",
        "weapon",
        LOCAL_POLICY,
        ("local-policy", "dash-police 16"),
    )
    assert rule.in_force_from == date(2026, 4, 1)
    assert rule.effects == (ASSESSMENT_FLOOR,)
    assert check_text(BOOK) == []


def test_a_rulebook_is_known_by_its_exact_bytes() -> None:
    for content in (BOOK, BOOK.replace("\n", "\r\n"), BOOK + "\n", "\ufeff" + BOOK):
        assert load(content).digest == hashlib.sha256(content.encode()).hexdigest() == load(content.encode()).digest


def test_the_effects_of_a_rule_are_kept_weightiest_first() -> None:
    book = with_field("effects", '["notice", "urgency:immediate", "floor:assessment"]\nnotice = "Look."')

    assert [str(effect) for effect in load(book).rules[0].effects] == [
        "floor:assessment",
        "urgency:immediate",
        "notice",
    ]


@pytest.mark.parametrize(
    "field",
    ["id", "key", "wording", "why", "source", "basis", "owner", "in_force_from", "review_by", "condition", "effects"],
)
def test_a_missing_field_is_named(field: str) -> None:
    name = "rule number 1" if field == "id" else "R001"

    assert check_text(without(field)) == [f"{name}: {field} is missing"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("id", '"rule-1"', 'rule number 1: id is not an R and three figures, as "R001"'),
        ("key", '"Weapon!"', "R001: key is not small letters, figures and _"),
        ("wording", '""', "R001: wording is empty"),
        ("wording", "7", "R001: wording is not a text"),
        ("wording", '"two\\nlines"', "R001: wording is not one line"),
        ("wording", f'"{"x" * 500}"', "R001: wording is not one line of at most 400"),
        ("wording", '"a\\u202Eb"', "R001: wording is not one line"),
        ("source", '"dash-police"', "R001: source is not a list of one or more texts"),
        ("source", "[]", "R001: source is not a list of one or more texts"),
        ("source", '["DASH 2009"]', 'R001: source "DASH 2009" does not begin with a key'),
        ("basis", '"guess"', 'R001: basis is neither "published" nor "local policy"'),
        ("in_force_from", '"2026-04-01"', "R001: in_force_from is not a date"),
        ("in_force_from", "2026-04-01T00:00:00", "R001: in_force_from is not a date"),
        ("review_by", "2026-03-31", "R001: review_by is before in_force_from"),
        ("condition", '"weapom"', 'R001: condition: there is no fact "weapom"; did you mean "weapon"?'),
        ("condition", '"not strangulation"', 'R001: condition: "strangulation" is a declared risk'),
        ("condition", '"form_strangulation"', "one tick of the risk form, would set a floor of assessment"),
        ("condition", "true", "R001: condition is not a text"),
        ("effects", '["floor:urgent"]', 'R001: there is no effect "floor:urgent"; there are: floor:assessment'),
        ("effects", '["enquiry", "enquiry"]', "R001: effects says something twice"),
        ("effects", '["floor:assessment", "floor:early_help"]', "R001: floor stands in effects twice"),
        ("effects", '["uplift", "sign_off"]', "R001: an uplift has no other effect beside it"),
        ("effects", '["notice"]', "R001: notice is missing"),
        ("effects", '["enquiry"]\nnotice = "Look."', "R001: a notice is given, but"),
        ("effects", '["enquiry"]\ndoes_not_raise = ["R002"]', "R001: does_not_raise belongs to an uplift only"),
        ("effects", '["uplift"]\ndoes_not_raise = ["R009"]', 'R001: does_not_raise names "R009", which is no rule'),
        ("effects", '["enquiry"]\nwieght = 3', 'R001: "wieght" is no part of a rule'),
    ],
)
def test_a_fault_of_a_row_is_said_with_the_rule_that_has_it(field: str, value: str, sentence: str) -> None:
    faults = check_text(with_field(field, value))

    assert any(sentence in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "the rulebook is empty"),
        ("  \n\t", "the rulebook is empty"),
        (INFORMATION, "there is no rule in the rulebook"),
        (ROW, "information: the table is missing"),
        (b"\xff\xfe" + BOOK.encode(), "not UTF-8"),
        (BOOK + "\ud800", "not UTF-8"),
        ("rule = [", "not TOML"),
        ("[" * 5000, "not TOML"),
        ('rule = "R001"\n' + INFORMATION, '"rule" is not a list of rules'),
        ("surprise = 1\n" + BOOK, '"surprise" is no part of a rulebook'),
        (BOOK + ROW, "R001: 2 rules have this id"),
        ('retired = ["R001"]\n' + BOOK, "R001: this id is retired"),
        ("retired = 3\n" + BOOK, '"retired" is not a list of ids'),
        (BOOK.replace('"weapon", "grade"', '"weapon", "grad"'), 'information: there is no fact "grad"'),
        (BOOK.replace('"weapon", "grade"', '"weapon", "weapon"'), 'information: "weapon" stands there twice'),
        (BOOK.replace('["weapon", "grade"]', "[]"), "information: facts is not a list of names"),
        (BOOK.replace("not_known_at_most = 1", "not_known_at_most = 2"), "below the number of facts"),
        (BOOK.replace("not_known_at_most = 1", "not_known_at_most = true"), "not a whole number"),
        (
            BOOK.replace("not_known_at_most = 1", "not_known_at_most = 1\nmuch = 1"),
            'information: "much" is no part of it',
        ),
        ("#" * 1_000_001, "larger than"),
    ],
)
def test_a_fault_of_the_file_is_said(content: str | bytes, sentence: str) -> None:
    faults = check_text(content)

    assert any(sentence in fault for fault in faults), faults


def test_every_fault_is_said_at_once() -> None:
    second = (
        ROW.replace("R001", "R002").replace("weapon ==", "weapom ==").replace('["floor:assessment"]', '["floor:none"]')
    )
    faults = check_text(with_field("basis", '"guess"') + second)

    assert len(faults) == 3
    assert {fault.split(":")[0] for fault in faults} == {"R001", "R002"}


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_any_content_loads_or_is_refused_with_sentences(content: str | bytes) -> None:
    with pytest.raises(RulebookRefused) as refused:
        load(content)

    assert all(refused.value.faults)


@given(st.data())
def test_a_rulebook_with_any_line_spoilt_loads_or_is_refused(data: st.DataObject) -> None:
    lines = BOOK.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(
        st.one_of(st.just(""), st.sampled_from(lines), st.text(max_size=20).map(lambda text: f"key = {text!r}"))
    )
    faults = check_text("\n".join(lines))

    assert all(fault.strip() for fault in faults)


def test_a_review_that_is_overdue_and_a_rule_that_waits_are_warned_of() -> None:
    rulebook = load(BOOK)

    assert any(
        "R001: its review was due by 2027-04-01 (owner: Service manager)" in w
        for w in warnings_on(rulebook, date(2027, 4, 2))
    )
    assert any(
        "R001: not applied to incidents before 2026-04-01" in w for w in warnings_on(rulebook, date(2026, 3, 31))
    )
    assert 'no rule has the effect "enquiry"' in warnings_on(rulebook, date(2026, 6, 1))


def test_a_source_that_is_described_nowhere_is_warned_of_and_keeps_no_rulebook_from_loading() -> None:
    rulebook = load(default_text().replace('source = ["local-policy"]', 'source = ["no-such-paper p. 4"]', 1))

    assert warnings_on(rulebook, date(2026, 11, 23)) == [
        'R012: source "no-such-paper p. 4" begins with no key of docs/sources.md: describe it there'
    ]


def test_the_keys_that_are_kept_are_those_of_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")

    assert described_sources() == set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE))


SHIPPED = load(default_text())


def test_the_shipped_rulebook_has_nothing_to_warn_of_when_it_is_shipped() -> None:
    assert warnings_on(SHIPPED, date(2026, 11, 23)) == []
    assert SHIPPED.digest == hashlib.sha256(default_text().encode()).hexdigest()


CATALOGUE = {
    "high_grade_with_child", "repeat_3_in_12m", "escalating_pattern", "unborn", "child_under_1", "child_under_7_or_sen",
    "strangulation", "weapon", "child_injured", "child_intervened", "child_threatened", "saw_or_heard", "on_cp_plan",
    "child_looked_after", "open_case", "open_early_help", "sibling_cp_history", "order_breach", "sexual_violence",
    "threat_to_kill", "honour_fm_fgm", "stalking_post_sep", "separation_control_violence", "perp_animal_cruelty",
    "perp_suicidal", "toxic_trio", "violence_repeated", "child_disclosure", "teen_relationship", "party_aged_16_17",
    "child_to_parent_violence", "previous_nfa_x2", "cannot_identify_child",
}  # fmt: skip


def test_the_shipped_rulebook_leaves_no_row_of_the_catalogue_out() -> None:
    assert not CATALOGUE - {rule.key for rule in SHIPPED.rules}


@pytest.mark.parametrize("rule", SHIPPED.rules, ids=lambda rule: rule.id)
def test_every_shipped_rule_says_whose_it_is(rule: object) -> None:
    row = next(each for each in SHIPPED.rules if each is rule)

    assert row.basis in BASES
    assert (row.source[0] == "local-policy") is (row.basis == LOCAL_POLICY)


def test_no_floor_of_assessment_hangs_on_one_tick_and_no_form_item_is_its_only_ground() -> None:
    items = {f"form_{item}" for item in RISK_FORM_ITEMS}
    for rule in SHIPPED.rules:
        if ASSESSMENT_FLOOR in rule.effects:
            assert not rule.condition.facts <= items


def test_an_enquiry_about_a_risk_is_answered_by_a_floor() -> None:
    """A not known that is found to be yes must never make the way of a contact less cautious."""
    floors = {
        name for rule in SHIPPED.rules if rule.effects[0].kind is EffectKind.FLOOR for name in rule.condition.facts
    }
    asked = {
        name
        for rule in SHIPPED.rules
        if rule.effects[0].kind is EffectKind.ENQUIRY and " is unknown" in rule.condition.text
        for name in rule.condition.facts
    }

    assert asked == {"strangulation", "weapon", "child_injured"}
    assert asked <= floors


def test_silence_on_every_question_about_the_children_is_too_little() -> None:
    about_children = {"child_presence", "child_injured", "child_threatened", "child_intervened", "child_disclosed_fear"}

    assert about_children <= set(SHIPPED.information.facts) <= set(FACTS)
    assert len(about_children) > SHIPPED.information.not_known_at_most

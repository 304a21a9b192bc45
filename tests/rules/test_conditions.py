"""The language of conditions: what may be said, what is refused and how, and its three-valued arithmetic."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screening.domain.fact_list import FACTS
from screening.domain.facts import FactKind, Facts, FactValue, NotKnown
from screening.rules.conditions import ConditionFault, compile_condition
from screening.rules.grammar import DEEPEST_NESTING, LONGEST_TEXT

YES_NO_FACTS = ("violence", "threats", "strangulation", "separated", "child_injured")
TRUTHS: dict[FactValue, bool | None] = {
    True: True,
    False: False,
    NotKnown.SENT: None,
    NotKnown.NOT_RECORDED: None,
}

yes_no_values = st.sampled_from(list(TRUTHS))
known = st.fixed_dictionaries(dict.fromkeys(YES_NO_FACTS, yes_no_values))


def formulas() -> st.SearchStrategy[str]:
    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.tuples(inner, inner)
        return st.one_of(
            inner.map(lambda part: f"not ({part})"),
            pairs.map(lambda both: f"({both[0]}) and ({both[1]})"),
            pairs.map(lambda both: f"({both[0]}) or ({both[1]})"),
        )

    grown_up = st.recursive(st.sampled_from(YES_NO_FACTS), grown, max_leaves=5)
    return grown_up.filter(_compiles)


def _compiles(text: str) -> bool:
    try:
        compile_condition(text)
    except ConditionFault:
        return False
    return True


def holds(text: str, facts: Facts) -> bool | None:
    return compile_condition(text).holds(facts)


def faults_of(text: str) -> str:
    with pytest.raises(ConditionFault) as refused:
        compile_condition(text)
    return " | ".join(refused.value.faults)


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_and_or_and_not_are_those_of_kleene(left: FactValue, right: FactValue) -> None:
    facts: Facts = {"violence": left, "threats": right}
    a, b = TRUTHS[left], TRUTHS[right]

    assert holds("violence and threats", facts) is (False if False in {a, b} else None if None in {a, b} else True)
    assert holds("violence or threats", facts) is (True if True in {a, b} else None if None in {a, b} else False)
    assert holds("not violence", facts) is (None if a is None else not a)


@given(formulas(), formulas(), known)
def test_the_laws_of_de_morgan_hold_for_what_is_not_known_too(a: str, b: str, facts: Facts) -> None:
    assert _negation(holds(a, facts)) is holds(f"not ({a})", facts) if _compiles(f"not ({a})") else True
    for word, other in (("and", "or"), ("or", "and")):
        whole, parts = f"not (({a}) {word} ({b}))", f"(not ({a})) {other} (not ({b}))"
        if _compiles(whole) and _compiles(parts):
            assert holds(whole, facts) is holds(parts, facts)


@given(formulas(), known, st.sampled_from(YES_NO_FACTS), st.booleans())
def test_learning_an_answer_never_turns_a_settled_condition_round(
    text: str, facts: Facts, name: str, answer: bool
) -> None:
    before = holds(text, {**facts, name: NotKnown.SENT})

    if before is not None:
        assert holds(text, {**facts, name: answer}) is before


@given(formulas(), known)
def test_the_grounds_of_a_condition_are_enough_to_make_it_hold(text: str, facts: Facts) -> None:
    condition = compile_condition(text)
    if condition.holds(facts) is True:
        grounds = {name for name, _ in condition.grounds(facts)}
        elsewhere_unknown = {name: facts[name] if name in grounds else NotKnown.SENT for name in facts}

        assert grounds <= condition.facts
        assert condition.holds(elsewhere_unknown) is True


def _negation(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("earlier_incidents >= 2", 2, True),
        ("earlier_incidents >= 2", 1, False),
        ("earlier_incidents >= 2", NotKnown.NOT_RECORDED, None),
        ("earlier_incidents == 0", 0, True),
        ("earlier_incidents in (1, 2)", 2, True),
        ("earlier_incidents in (1, 2)", 3, False),
        ("earlier_incidents in (1, 2)", NotKnown.SENT, None),
        ("earlier_incidents is known", 0, True),
        ("earlier_incidents is known", NotKnown.SENT, False),
        ("earlier_incidents is unknown", NotKnown.SENT, True),
        ("earlier_incidents is unknown", NotKnown.NOT_RECORDED, False),
        ("earlier_incidents is not_recorded", NotKnown.NOT_RECORDED, True),
        ("not (earlier_incidents is known)", NotKnown.SENT, True),
    ],
)
def test_a_number_is_compared(text: str, value: FactValue, expected: bool | None) -> None:
    assert holds(text, {"earlier_incidents": value}) is expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ('weapon == "used"', "used", True),
        ('weapon != "none"', "threatened", True),
        ('weapon >= "threatened"', "used", True),
        ('weapon >= "threatened"', "none", False),
        ('weapon > "threatened"', "threatened", False),
        ('weapon <= "threatened"', "none", True),
        ('weapon < "threatened"', "threatened", False),
        ('weapon in ("threatened", "used")', "none", False),
        ('weapon == "none"', NotKnown.SENT, None),
        ('weapon != "none"', NotKnown.NOT_RECORDED, None),
    ],
)
def test_a_code_is_compared_by_its_levels(text: str, value: FactValue, expected: bool | None) -> None:
    assert holds(text, {"weapon": value}) is expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("violense", 'there is no fact "violense"; did you mean "violence"?'),
        ("zz and violence", 'there is no fact "zz"'),
        ("weapon", '"weapon" is a code, not a yes/no'),
        ("earlier_incidents and violence", '"earlier_incidents" is a number, not a yes/no'),
        ('earlier_incidents >= "two"', "\"earlier_incidents\" is a number, compared with `'two'`"),
        ("earlier_incidents >= violence", '"earlier_incidents" is a number, compared with `violence`'),
        ("earlier_incidents >= True", '"earlier_incidents" is a number'),
        ("earlier_incidents >= 99999999", "above 1000000"),
        ('weapon == "knife"', "which is one of: none, threatened, used"),
        ("weapon == 2", "which is one of: none, threatened, used"),
        ('incident_type >= "threats"', 'the values of "incident_type" do not rise'),
        ('violence == "yes"', '"violence" is a yes/no: write it alone'),
        ("violence == 1", '"violence" is a yes/no: write it alone'),
        ("1 < earlier_incidents < 3", "two comparisons in a row"),
        ("2 <= earlier_incidents", "a comparison begins with a fact"),
        ("(violence and threats) == threats", "a comparison begins with a fact"),
        ("violence is not known", 'write "violence is unknown"'),
        ("violence is threats", 'after "violence is" comes known, unknown or not_recorded'),
        ("violence is True", 'after "violence is" comes known, unknown or not_recorded'),
        ('weapon in ("used")', "a list of two or more values"),
        ("weapon in ()", "a list of two or more values"),
        ('weapon not in ("used", "none")', 'write "not (weapon in (...))"'),
        ("weapon = violence", 'write "=="'),
        ("", "the condition is empty"),
        ("   ", "the condition is empty"),
        ("True", "a value on its own"),
        ("None", "a value on its own"),
        ('"used"', "a value on its own"),
        ("violence,", "a list on its own"),
        ("violence and", "cannot be read"),
        ("(violence", "cannot be read"),
        ("violence threats", "cannot be read"),
        ("0x10 and violence", "numbers are whole and plain"),
        ("earlier_incidents >= 1_0", "numbers are whole and plain"),
        ("earlier_incidents >= 01", "cannot be read"),
        ("violence if threats else separated", "if and else"),
        ("print()", "a call"),
        ("open(violence)", "a call"),
        ("(violence for violence in threats)", "a loop"),
        ("__import__", 'there is no fact "__import__"'),
        ("not weapon", '"weapon" is a code'),
    ],
)
def test_a_fault_is_said_in_a_clear_sentence(text: str, sentence: str) -> None:
    assert sentence in faults_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "weapon.__class__",
        "lambda: violence",
        "[violence for violence in (1, 2)]",
        "violence := threats",
        "violence[0]",
        "f'{violence}'",
        "violence + 1",
        "-1",
        "*violence",
        "violence; threats",
        "violence\nand threats",
        "violence # and threats",
        "\uff56iolence",
        "viol\u200bence",
        "violence\x00",
        "`violence`",
        "\\",
        "violence @ threats",
        "await violence",
        "yield violence",
        "(yield)",
        "violence == 1e9",
        "violence == 1j",
        "...",
    ],
)
def test_nothing_but_the_language_is_read(text: str) -> None:
    assert faults_of(text)


def test_every_fault_of_a_condition_is_said_at_once() -> None:
    with pytest.raises(ConditionFault) as refused:
        compile_condition('violense or weapon == "knife" or earlier_incidents >= "2"')

    assert len(refused.value.faults) == 3


def test_a_condition_may_not_be_long_or_deep() -> None:
    assert "longer than" in faults_of("violence or " * (LONGEST_TEXT // 12) + "violence or threats")
    assert "nested more than" in faults_of("not " * DEEPEST_NESTING + "violence")
    assert faults_of("(" * 290 + ")")


def test_a_condition_knows_its_facts_and_the_order_of_its_grounds() -> None:
    condition = compile_condition("threats and (separated or violence)")

    assert condition.facts == {"threats", "separated", "violence"}
    assert condition.grounds({"threats": True, "separated": False, "violence": True}) == (
        ("threats", True),
        ("violence", True),
    )


ATOMS = st.one_of(
    st.sampled_from(
        [*FACTS, "zz", "known", "unknown", "and", "or", "not", "in", "is", "if", "lambda", "(", ")", ",", "=="]
    ),
    st.sampled_from(
        [">=", "<", "!=", '"used"', '"', "'", "1", "00", "9" * 30, "True", "None", ".", "[", "]", "{", "\\", "\n", ":="]
    ),
    st.text(max_size=4),
)


@given(
    st.one_of(
        st.text(max_size=400), st.lists(ATOMS, max_size=12).map(" ".join), st.lists(ATOMS, max_size=12).map("".join)
    )
)
@example("not " * 90 + "violence")
@example("violence\ud800")
@example("'" + "a" * 50)
@example("1if 1else 1")
def test_any_text_is_a_condition_or_a_fault(text: str) -> None:
    if not _compiles(text):
        assert faults_of(text)
        return
    condition = compile_condition(text)

    assert condition.facts
    assert condition.facts <= set(FACTS)
    assert condition.holds(dict.fromkeys(FACTS, NotKnown.SENT)) in {True, False, None}


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_can_be_asked_for(name: str) -> None:
    fact = FACTS[name]
    text = {FactKind.YES_NO: name, FactKind.NUMBER: f"{name} >= 1"}.get(fact.kind) or f'{name} == "{fact.levels[0]}"'

    assert compile_condition(text).holds({name: NotKnown.NOT_RECORDED}) is None

"""More risk, or less knowledge, never makes the rules hold less; and what is no input moves nothing."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.domain.contact import Answer, Contact, ProtectiveFactor, Sex
from screening.domain.fact_list import FACTS
from screening.domain.facts import NotKnown
from screening.rules.evaluate import evaluate
from tests.rules.cases import all_cases
from tests.rules.generated import Pair, contacts, pairs
from tests.rules.readings import RULEBOOK, findings_of, held, needs_second_person, urgency

many = settings(max_examples=1_500, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(pairs())
def test_a_declared_risk_that_rises_or_a_no_that_becomes_unknown_never_lowers_what_the_rules_hold(pair: Pair) -> None:
    before, after = findings_of(pair.before), findings_of(pair.after)

    assert held(after).caution >= held(before).caution, pair.what
    assert urgency(after).rank >= urgency(before).rank, pair.what
    assert needs_second_person(after) >= needs_second_person(before), pair.what


@settings(max_examples=300, deadline=None)
@given(contacts, st.text(max_size=8), st.sampled_from(["WBRI", "BCRB", "NOBT"]), st.sampled_from(Sex))
def test_who_somebody_is_moves_nothing(contact: Contact, name: str, ethnicity: str, sex: Sex) -> None:
    personal = {
        "given_name": name,
        "family_name": name,
        "ethnicity": ethnicity,
        "sex": sex,
        "first_language": name,
        "interpreter_needed": Answer.YES,
    }
    changed = replace(
        contact,
        incident=replace(contact.incident, postcode=name, address=name, narrative=name),
        adults=tuple(replace(adult, **personal) for adult in contact.adults),  # type: ignore[arg-type]  # any field by name
        children=tuple(replace(child, school=name, **personal) for child in contact.children),  # type: ignore[arg-type]  # any field by name
    )

    assert findings_of(changed).hits == findings_of(contact).hits


@settings(max_examples=300, deadline=None)
@given(contacts)
def test_protective_factors_and_an_arrest_lower_nothing(contact: Contact) -> None:
    protected = replace(
        contact,
        protective_factors=tuple(ProtectiveFactor),
        police_action=replace(contact.police_action, arrest=Answer.YES),
    )

    assert findings_of(protected).hits == findings_of(contact).hits


def test_a_contact_of_which_nothing_is_known_sets_only_enquiries_off_and_is_too_little() -> None:
    subject = all_cases()[0].subject
    silence = dict.fromkeys(FACTS, NotKnown.NOT_RECORDED)
    findings = evaluate(RULEBOOK, silence, subject)

    assert findings.hits == ()
    assert findings.too_little
    assert findings.not_known == RULEBOOK.information.facts

"""A history is looked over before anything is learnt from it: one clear sentence a fault, what to do, exit 2."""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.domain.decision import DecisionCode
from screening.domain.household import CareStatus, RegisterEntry
from screening.domain.suggestion import Response
from screening.intake.csv_rows import COLUMNS
from screening.triage.features import FEATURE_NAMES
from tests.training.drawn_rows import drawn_rows
from training.check.check import check, refuse, to_judge
from training.cli import main
from training.fitting.settings import SHIPPED
from training.history.columns import about_who_somebody_is, after_the_decision
from training.history.extract import Extract, ExtractRefused, Outcome
from training.history.rows import Reading, Rows
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority

TODAY = date(2026, 11, 30)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def said(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("checked") / "history"
    authority = read_authority(SETTINGS_FOLDER / "reference.toml")
    synthesise(authority, seed=13, contacts=500, out=out, replace=False, progress=lambda _: None)
    return out


@pytest.fixture
def history(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    for path in made.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def rewrite(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as text:
        rows = change(list(csv.DictReader(text)))
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def extract_of(rows: Rows, register: tuple[RegisterEntry, ...] | None = None) -> Extract:
    outcomes: Mapping[str, Outcome] = dict(zip(rows.references, rows.outcomes, strict=True))
    return Extract(Path(), dict(zip(rows.references, rows.decisions, strict=True)), outcomes, register)


def codes(rows: Rows, *, refusing: bool = True) -> list[str]:
    return [f.code for f in check(extract_of(rows), rows, today=TODAY) if f.refuses is refusing]


def test_a_made_up_history_is_fit_to_learn_from(history: Path) -> None:
    told = run("check", history)

    assert told.exit_code == 0, told.output
    assert "A fit can learn from it." in told.stdout
    assert "decided contacts of" in told.stdout
    # 500 contacts have some thirty second looks, and a promise needs a hundred.
    assert "Note: " in told.stdout
    assert "No promise can be made" in told.stdout


def test_findings_as_json_have_stable_codes(history: Path) -> None:
    found = json.loads(run("check", history, "--json").stdout)

    assert {"code", "what", "fix", "refuses"} == set(found[0])
    assert "too_few_second_looks" in {finding["code"] for finding in found}


def test_the_flattened_csv_is_read_as_the_contract_is(history: Path) -> None:
    as_lines = run("check", history).stdout
    lines = [json.loads(line) for line in (history / "contacts.ndjson").read_text(encoding="utf-8").splitlines()]
    with (history / "contacts.csv").open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows(flattened(line) for line in lines)
    assert "contacts.ndjson and contacts.csv are both there; leave one" in said(run("check", history))
    (history / "contacts.ndjson").unlink()

    assert run("check", history).stdout == as_lines


def flattened(value: object, name: str = "") -> dict[str, str]:
    if isinstance(value, dict) and name != "extensions":
        return {
            k: v for key, item in value.items() for k, v in flattened(item, f"{name}.{key}" if name else key).items()
        }
    if isinstance(value, list) and all(isinstance(item, dict) for item in value) and value:
        return {k: v for place, item in enumerate(value) for k, v in flattened(item, f"{name}[{place}]").items()}
    if isinstance(value, list):
        return {name: ";".join(map(str, value))} if value else {}
    return {name: json.dumps(value) if isinstance(value, bool | dict) else str(value)}


def test_a_column_recorded_after_the_decision_is_named_with_what_to_do(history: Path) -> None:
    lines = [json.loads(line) for line in (history / "contacts.ndjson").read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["outcome_code"] = "a secret"
    (history / "contacts.ndjson").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    for told in (run("check", history), run("fit", history, "--out", history.parent / "model")):
        assert told.exit_code == 2
        assert "/outcome_code is recorded after the decision" in said(told)
        assert "and 497 more" in said(told)
        assert said(told).count("recorded after") == 1
        assert "a secret" not in told.output
    assert [path.name for path in history.parent.iterdir()] == ["history"]


def test_a_column_about_who_somebody_is_is_named_with_what_to_do(history: Path) -> None:
    text = (history / "contacts.ndjson").read_text(encoding="utf-8")
    (history / "contacts.ndjson").write_text(text.replace('"children":[{', '"children":[{"religion":"a secret",'))

    told = run("check", history)

    assert told.exit_code == 2
    assert "/children/*/religion says who somebody is" in said(told)


def test_a_misspelt_code_is_one_message_for_all_its_lines(history: Path) -> None:
    text = (history / "contacts.ndjson").read_text(encoding="utf-8")
    (history / "contacts.ndjson").write_text(text.replace('"weapon":"none"', '"weapon":"nnoe"'), encoding="utf-8")

    told = run("check", history)

    assert told.exit_code == 2
    assert said(told).count("/incident/weapon") == 1
    assert "Give one of: none, threatened, used, unknown." in said(told)


@pytest.mark.parametrize("name", ["contacts.ndjson", "decisions.csv", "outcomes.csv"])
def test_an_empty_file_is_named(history: Path, name: str) -> None:
    (history / name).write_text("", encoding="utf-8")

    for told in (run("check", history), run("fit", history, "--out", history.parent / "model")):
        assert told.exit_code == 2
        assert name in said(told)
        assert "Traceback" not in told.output


def test_contacts_out_of_order_or_there_twice_are_named(history: Path) -> None:
    lines = (history / "contacts.ndjson").read_text(encoding="utf-8").splitlines()
    (history / "contacts.ndjson").write_text("\n".join([*lines[1:], lines[0], lines[-1]]), encoding="utf-8")

    told = said(run("check", history))

    assert "contacts.ndjson line 500: was sent before the one above it" in told
    assert "contacts.ndjson line 501: contact_reference stood in the file before" in told


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ('["ethnicity"]', "It says who somebody is, and may only be used for checking fairness."),
        ('["grade", "later_need"]', "It is recorded after the decision"),
        ('["graed"]', "There is no such feature. Did you mean grade?"),
        ("[]", "leave it out to learn from all"),
    ],
)
def test_inputs_that_may_not_be_are_named_with_their_file(history: Path, inputs: str, why: str) -> None:
    settings = history.parent / "mine.toml"
    settings.write_text(f"inputs = {inputs}\n" + SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")

    for told in (
        run("check", history, "--settings", settings),
        run("fit", history, "--out", history.parent / "m", "--settings", settings),
    ):
        assert told.exit_code == 2
        assert why in said(told)


def test_a_family_across_splits_is_named_by_its_contacts(history: Path) -> None:
    with (history / "decisions.csv").open(encoding="utf-8", newline="") as text:
        references = [row["contact_reference"] for row in csv.DictReader(text)]
    (history / "splits.csv").write_text(
        "contact_reference,split\n"
        + "".join(f"{name},{'fit' if n % 2 else 'test'}\n" for n, name in enumerate(references))
    )

    for told in (run("check", history), run("fit", history, "--out", history.parent / "model")):
        assert told.exit_code == 2
        assert "families lie in more than one split" in said(told)
        assert "Put all contacts that share anybody in one split" in said(told)


def test_a_case_that_a_decision_opened_must_say_since_when() -> None:
    rows = drawn_rows(600)
    entry = RegisterEntry("C1", "Example", "Invented", None, None, CareStatus.CHILD_IN_NEED, None, None, None)

    found = check(extract_of(rows, (entry,)), rows, today=TODAY)

    assert [(f.code, f.refuses) for f in found if f.refuses] == [("leakage", True)]
    assert "Give since in every row" in str(found[0])


def test_a_feature_that_knows_the_end_is_named() -> None:
    rows = drawn_rows(1_500)
    features = rows.as_known.X.copy()
    features[:, FEATURE_NAMES.index("marac_referred")] = [not made.closed for made in rows.decisions]
    leaking = replace(rows, as_known=Reading(features, rows.as_known.findings))

    found = [f for f in check(extract_of(leaking), leaking, today=TODAY) if f.refuses]

    assert [f.code for f in found] == ["leakage"]
    assert found[0].what.startswith("marac_referred alone tells what was decided")
    assert codes(rows) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"sent_at": timedelta(days=3)}, "were decided before they were sent"),
        ({"later_on": timedelta(days=400)}, "later_on more than twelve months after"),
        ({"found_on": timedelta(days=-5)}, "were found out about before they were decided"),
        ({"found_on": timedelta(days=2_000)}, "lie in the future"),
    ],
)
def test_days_that_cannot_be_are_named(changed: dict[str, timedelta], sentence: str) -> None:
    rows = drawn_rows(600)
    place = next(n for n, outcome in enumerate(rows.outcomes) if outcome.finding is not None)
    sent, outcomes, day = list(rows.sent_at), list(rows.outcomes), rows.decisions[place].at.date()
    for name, after in changed.items():
        if name == "sent_at":
            sent[place] += after
        else:
            outcomes[place] = replace(
                outcomes[place],
                found_on=day + after if name == "found_on" else None,
                later_on=day + after if name == "later_on" else None,
            )

    rows = replace(rows, sent_at=tuple(sent), outcomes=tuple(outcomes))
    found = [str(f) for f in check(extract_of(rows), rows, today=TODAY) if f.code == "impossible_dates"]

    assert len(found) == 1
    assert sentence in found[0]
    assert rows.references[place] in found[0]


def test_too_few_outcomes_and_one_class_are_named() -> None:
    rows = drawn_rows(600)
    nobody = replace(rows, outcomes=tuple(Outcome(recheck=Response.NO_FURTHER_ACTION) for _ in rows.outcomes))
    everybody = replace(
        rows,
        outcomes=tuple(Outcome(Response.ASSESSMENT, Response.ASSESSMENT, Response.ASSESSMENT) for _ in rows.outcomes),
    )

    few = drawn_rows(250, level=-4.0)
    found = {name: check(extract_of(one), one, today=TODAY) for name, one in (("nobody", nobody), ("few", few))}

    # One cause is one sentence, though it lames both steps.
    assert codes(nobody) == ["one_class", "second_looks_filled_in"]
    assert codes(everybody) == ["one_class", "second_looks_filled_in", "second_looks_copied"]
    assert codes(few) == ["too_few_outcomes"]
    assert str(found["nobody"][0]).startswith("Nobody was found to need at least early help or an assessment")
    assert "to need at least early help and" in str(found["few"][0])


def test_a_history_in_which_nothing_was_worked_is_refused() -> None:
    rows = drawn_rows(600)
    shut = tuple(replace(made, code=DecisionCode.NO_FURTHER_ACTION) for made in rows.decisions)

    assert codes(replace(rows, decisions=shut)) == ["nothing_worked"]


def test_fewer_families_than_folds_are_refused_for_judging_too() -> None:
    rows = drawn_rows(600)
    one = replace(rows, families=rows.families % 4)

    (found,) = [each for each in to_judge(check(extract_of(one), one, today=TODAY)) if each.refuses]

    assert found.code == "too_few_families"
    assert str(found).startswith("The decided contacts (600) are of too few families (4): 5 are the least")


def test_a_split_without_which_too_little_is_left_is_refused() -> None:
    rows = drawn_rows(900)
    family = {number: place for place, number in enumerate(dict.fromkeys(rows.families.tolist()))}
    small = replace(rows, splits=tuple("test" if family[one] < 3 else "fit" for one in rows.families.tolist()))
    halves = replace(rows, splits=tuple("test" if family[one] % 2 else "fit" for one in rows.families.tolist()))

    (found,) = [one for one in check(extract_of(small), small, today=TODAY) if one.refuses]

    assert found.code == "split_too_large"
    assert "splits.csv: outside the split of contact T-" in str(found)
    assert codes(halves) == []


def test_outcomes_that_are_not_used_are_counted_and_told() -> None:
    rows = drawn_rows(900)
    outcomes = tuple(
        replace(one, finding=Response.ASSESSMENT) if made.closed else replace(one, recheck=Response.ASSESSMENT)
        for made, one in zip(rows.decisions, rows.outcomes, strict=True)
    )
    both = replace(rows, outcomes=outcomes)
    closed = sum(made.closed for made in rows.decisions)
    noted = {one.code: str(one) for one in check(extract_of(both), both, today=TODAY) if not one.refuses}

    assert codes(both) == []
    assert noted["finding_not_used"].startswith(f"{closed} findings on closed contacts are not used (T-")
    assert noted["recheck_not_used"].startswith(f"{900 - closed} second looks at contacts that were worked are not")


def test_too_few_outcomes_only_weaken_a_judgement_and_leakage_refuses_it() -> None:
    rows = drawn_rows(250, level=-4.0)
    entry = RegisterEntry("C1", "Example", "Invented", None, None, CareStatus.CHILD_IN_NEED, None, None, None)

    found = to_judge(check(extract_of(rows, (entry,)), rows, today=TODAY))

    assert [(one.code, one.refuses) for one in found if one.code in {"leakage", "too_few_outcomes"}] == [
        ("leakage", True),
        ("too_few_outcomes", False),
    ]


def test_a_feature_tells_nothing_of_a_handful_of_contacts() -> None:
    rows = drawn_rows(30)
    features = rows.as_known.X.copy()
    features[:, FEATURE_NAMES.index("marac_referred")] = [not made.closed for made in rows.decisions]
    few = replace(rows, as_known=Reading(features, rows.as_known.findings))

    assert "leakage" not in codes(few)


def entry_since(day: date) -> RegisterEntry:
    return RegisterEntry("C1", "Example", "Invented", None, None, CareStatus.CHILD_IN_NEED, None, None, day)


@pytest.mark.parametrize(
    ("since", "code", "refuses"),
    [
        (date(2099, 1, 1), "impossible_dates", True),
        (date(2026, 11, 29), "register_never_applied", False),
        (date(2020, 1, 1), None, False),
    ],
)
def test_rows_of_the_register_that_cannot_apply_are_told(since: date, code: str | None, refuses: bool) -> None:
    rows = drawn_rows(600)

    found = check(extract_of(rows, (entry_since(since),)), rows, today=TODAY)

    about = [(one.code, one.refuses) for one in found if "register.csv" in one.what]
    assert about == ([(code, refuses)] if code else [])


def test_a_register_that_no_contact_meets_is_noted() -> None:
    rows = drawn_rows(600)
    features = rows.as_known.X.copy()
    for name in ("open_case", "on_protection_plan", "open_early_help"):
        features[:, FEATURE_NAMES.index(name)] = 0.0
    unmet = replace(
        rows,
        as_known=Reading(features, rows.as_known.findings),
        possible=rows.possible[:0],
        as_possible=Reading(features[:0], ()),
    )

    found = check(extract_of(unmet, (entry_since(date(2020, 1, 1)),)), unmet, today=TODAY)

    assert [one.code for one in found if "none of its 1 rows" in one.what] == ["register_never_applied"]


@pytest.mark.parametrize(("grown", "refuses"), [(0, None), (3, False), (6, False), (7, True)])
def test_a_few_grown_children_are_noted_and_many_refused(grown: int, refuses: bool | None) -> None:
    rows = drawn_rows(600)
    extract = replace(extract_of(rows), noticed={"grown_child": list(rows.references[:grown])})

    found = [one for one in check(extract, rows, today=TODAY) if "child over 18" in one.what]

    assert [one.refuses for one in found] == ([] if refuses is None else [refuses])


def test_columns_that_are_not_read_are_noted() -> None:
    rows = drawn_rows(600)
    extract = replace(extract_of(rows), left_alone={"decisions.csv": ("outcome",)})

    (found,) = [one for one in check(extract, rows, today=TODAY) if one.code == "columns_left_alone"]

    assert str(found).startswith("decisions.csv has columns that are not read: outcome.")
    assert not found.refuses


def test_what_makes_figures_weaker_is_noted_and_refuses_nothing() -> None:
    rows = drawn_rows(1_500, rechecked=0.01)
    lost = replace(
        rows,
        followed=rows.followed & (rows.families % 3 > 0),
        outcomes=tuple(
            Outcome(later=o.later, recheck=o.recheck) if n % 9 == 0 else o for n, o in enumerate(rows.outcomes)
        ),
    )

    assert codes(lost) == []
    assert {"too_few_second_looks", "finding_missing", "not_yet_followed"} == set(codes(lost, refusing=False))


def test_second_looks_at_one_year_alone_are_noted() -> None:
    rows = drawn_rows(3_000, rechecked=0.3)
    sent_at = tuple(at + timedelta(days=366) if place % 2 else at for place, at in enumerate(rows.sent_at))
    outcomes = tuple(replace(one, recheck=None) if place % 2 else one for place, one in enumerate(rows.outcomes))

    assert "second_looks_uneven" not in codes(replace(rows, sent_at=sent_at), refusing=False)
    assert "second_looks_uneven" in codes(replace(rows, sent_at=sent_at, outcomes=outcomes), refusing=False)


def test_references_that_fit_nothing_are_refused_or_noted() -> None:
    rows = drawn_rows(600)
    extract = extract_of(rows)
    more = replace(extract, decisions={**extract.decisions, "T-strange": extract.decisions["T-1"]})
    none = replace(rows, references=(), sent_at=(), decisions=(), outcomes=())

    assert "strange_reference" in {f.code for f in check(more, rows, today=TODAY) if not f.refuses}
    with pytest.raises(ExtractRefused, match="same contact_reference in all files"):
        refuse(check(extract, none, today=TODAY))


def test_names_are_known_for_what_they_are() -> None:
    assert all(map(after_the_decision, ("decided_at", "outcome_code", "x.later_need", "Recheck")))
    assert all(map(about_who_somebody_is, ("ethnicity", "children[0].religion", "home_postcode")))
    assert not any(map(after_the_decision, ("grade", "violence", "weapon")))
    assert not any(map(about_who_somebody_is, ("grade", "violence", "decided_at")))

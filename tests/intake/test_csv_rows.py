"""CSV rows: the same contract in columns. No row stops another, and nothing is lost on the way there and back."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from screening.domain.contact import Answer
from screening.domain.errors import ContactRefused
from screening.intake import strict_json
from screening.intake.csv_rows import COLUMNS, Row, read_rows, write_row
from screening.intake.parse import read_document
from tests.intake.documents import CONTACTS, HOSTILE, NOW, Document, a_document, a_full_document, changed
from tests.intake.strategies import documents

EXAMPLES = sorted(path for path in CONTACTS.glob("*.json") if path.name != "expected.json")
LEAST = {
    "contact_reference": "TEST-1",
    "force_code": "40",
    "sent_at": "2026-09-14T07:30:00+01:00",
    "incident.occurred_at": "2026-09-14T00:10:00+01:00",
    "incident.type": "verbal_argument",
    "adults[0].role": "victim",
}


def a_file(rows: Iterable[Mapping[str, str]], columns: Sequence[str] = ()) -> io.StringIO:
    listed = list(rows)
    names = columns or list(dict.fromkeys(name for row in listed for name in row))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(listed)
    text.seek(0)
    return text


def lines(*texts: str) -> io.StringIO:
    return io.StringIO("".join(f"{text}\r\n" for text in texts), newline="")


def the_row_of(cells: Mapping[str, str]) -> Row:
    (row,) = read_rows(a_file([cells]))
    return row


def codes_of(row: Row) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in row.problems]


def test_a_row_is_the_document_that_json_would_have_carried() -> None:
    row = the_row_of(
        LEAST
        | {
            "adults[0].age_years": "36",
            "adults[0].disability": "LD; AUT",
            "children[0].unborn": "TRUE",
            "children[0].voice.words": " as said ",
            "risk_assessment.answers.isolated": " yes ",
            "protective_factors": "supportive_family;suspect_left_area",
            "extensions": '{"unit": [1, "x"]}',
        }
    )

    assert row.number == 2
    assert row.document == a_document(
        adults=[{"role": "victim", "age_years": 36, "disability": ["LD", "AUT"]}],
        children=[{"unborn": True, "voice": {"words": " as said "}}],
        risk_assessment={"answers": {"isolated": "yes"}},
        protective_factors=["supportive_family", "suspect_left_area"],
        extensions={"unit": [1, "x"]},
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_contact_goes_through_a_file_and_back(path: Path) -> None:
    sent = strict_json.loads(path.read_bytes())
    row = the_row_of(write_row(sent))

    assert row.document is not None
    assert read_document(row.document, NOW).contact == read_document(sent, NOW).contact


def test_every_field_goes_through_a_file_and_back() -> None:
    row = the_row_of(write_row(a_full_document()))

    assert row.document == a_full_document()


@settings(deadline=None)
@given(documents())
@example(a_document(children=[{"voice": {"words": " "}}]))
@example(a_document(children=[{"voice": {"demeanour": ""}}, {}]))
def test_any_contact_goes_through_a_file_and_back(document: Document) -> None:
    (row,) = read_rows(a_file([write_row(document)], COLUMNS))

    assert row.document is not None, row.problems
    assert read_document(row.document, NOW).contact == read_document(document, NOW).contact


def test_an_empty_cell_is_not_recorded() -> None:
    row = the_row_of(LEAST | {"incident.strangulation": "", "children[0].injured": "  ", "incident.weapon": "\t"})

    assert row.document == a_document()


def test_a_child_of_whom_nothing_is_recorded_is_still_a_child() -> None:
    cells = write_row(a_document(children=[{}, {"voice": {}}, {"injured": "yes"}]))
    row = the_row_of(cells)

    assert row.document is not None
    assert len(read_document(row.document, NOW).contact.children) == 3


def test_people_may_leave_columns_empty_before_them() -> None:
    row = the_row_of(LEAST | {"children[3].injured": "yes", "children[7].age_years": "x", "adults[4].role": "suspect"})

    assert row.document is not None
    assert row.document["children"] == [{"injured": "yes"}, {"age_years": "x"}]
    with pytest.raises(ContactRefused) as caught:
        read_document(row.document, NOW)
    assert [row.column_of(problem.pointer) for problem in caught.value.problems] == ["children[7].age_years"]
    assert row.column_of("/adults/1/role") == "adults[4].role"
    assert row.column_of("/adults/2/role") == "adults[2].role"
    assert row.column_of("/children/1/disability/2") == "children[7].disability"
    assert row.column_of("/incident") == "incident"
    assert row.column_of("/risk_assessment/answers/isolated") == "risk_assessment.answers.isolated"
    assert row.column_of("") == ""


@pytest.mark.parametrize(
    ("column", "cell", "pointer", "code"),
    [
        ("children[0].age_years", "3.5", "/children/0/age_years", "not_whole_number"),
        ("children[0].age_years", "nine", "/children/0/age_years", "not_whole_number"),
        ("children[0].age_years", "9" * 5_000, "/children/0/age_years", "not_whole_number"),
        ("children[0].unborn", "maybe", "/children/0/unborn", "not_true_or_false"),
        ("children[0].disability", "LD;XX", "/children/0/disability/1", "unknown_code"),
        ("incident.strangulation", "perhaps", "/incident/strangulation", "unknown_code"),
        ("incident.reported_at", "2026-09-14 00:20", "/incident/reported_at", "not_a_time"),
        ("children[0].date_of_birth", "02/05/2018", "/children/0/date_of_birth", "not_a_date"),
        ("extensions", "[1]", "/extensions", "not_an_object"),
        ("extensions", '{"a":NaN}', "/extensions", "not_an_object"),
        ("extensions", "text", "/extensions", "not_an_object"),
    ],
)
def test_a_wrong_cell_is_told_by_the_same_schemas(column: str, cell: str, pointer: str, code: str) -> None:
    row = the_row_of(LEAST | {column: cell})

    assert row.document is not None
    with pytest.raises(ContactRefused) as caught:
        read_document(row.document, NOW)
    assert [(problem.pointer, problem.code) for problem in caught.value.problems] == [(pointer, code)]


def test_a_byte_order_mark_is_passed_over() -> None:
    file = a_file([LEAST])

    (row,) = read_rows(io.StringIO("\ufeff" + file.getvalue(), newline=""))

    assert row.document == a_document()


def test_a_bad_row_never_stops_the_others() -> None:
    good = "TEST-1,40"
    rows = list(
        read_rows(
            lines(
                "contact_reference,force_code",
                good,
                "TEST-2",
                "",
                "a,b,c",
                'x"y"z,"a"b',
                good,
                ",",
                "TEST-\x003,40",
                good,
            )
        )
    )

    assert [row.number for row in rows] == [2, 3, 5, 6, 7, 9, 10]
    assert [bool(row.document) for row in rows] == [True, False, False, False, True, False, True]
    assert [code for row in rows for _, code in codes_of(row)] == [
        "wrong_number_of_cells",
        "wrong_number_of_cells",
        "not_csv",
        "control_character",
    ]
    assert rows[1].problems[0].detail == "This row has 1 cells where the first row has 2."


def test_a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence() -> None:
    rows = list(read_rows(lines("contact_reference,force_code", 'TEST-1,"40', "TEST-2,40", "TEST-3,40")))

    assert [codes_of(row) for row in rows] == [[("", "not_csv")]]


def test_a_cell_without_end_is_one_bad_row() -> None:
    rows = list(read_rows(lines("contact_reference,force_code", "x" * 200_000 + ",40", "TEST-2,40")))

    assert [codes_of(row) for row in rows] == [[("", "not_csv")], []]


def test_text_in_another_encoding_is_told_and_not_guessed() -> None:
    text = io.TextIOWrapper(io.BytesIO(b"contact_reference,force_code\r\n" + b"TEST-\xe9,40\r\n"), "utf-8", newline="")

    assert [codes_of(row) for row in read_rows(text)] == [[("", "not_utf8")]]


def test_bytes_that_were_carried_along_undecoded_are_a_fault_of_their_cell() -> None:
    sent = b"contact_reference,force_code\r\nTEST-1,40\r\nTEST-\xe9,40\r\nTEST-2,40\r\n"
    text = io.TextIOWrapper(io.BytesIO(sent), "utf-8", errors="surrogateescape", newline="")

    assert [codes_of(row) for row in read_rows(text)] == [[], [("/contact_reference", "not_utf8")], []]


def test_columns_names_in_another_encoding_are_told_and_no_row_is_trusted() -> None:
    sent = "contact_reference,force_code\r\nTEST-1,40\r\n".encode("utf-16")
    text = io.TextIOWrapper(io.BytesIO(sent), "utf-8", errors="surrogateescape", newline="")

    assert [codes_of(row) for row in read_rows(text)] == [[("", "not_utf8")]]


@pytest.mark.parametrize(
    ("header", "codes", "detail"),
    [
        (
            "contact_reference,incident.typ",
            [("/incident.typ", "unknown_column")],
            "Column 2 has a name that is not known.",
        ),
        (
            "contact_reference,adults[10].role",
            [("/adults[10].role", "unknown_column")],
            "Column 2 has a name that is not known.",
        ),
        (
            "force_code,sent_at,force_code",
            [("/force_code", "repeated_column")],
            "Column 3 has the same name as an earlier one.",
        ),
        ("force_code,,sent_at", [("/", "blank_column")], "Column 2 has no name."),
        ("", [("", "no_header")], "There is no first row with the columns' names."),
        ('"force_code"x', [("", "not_csv")], "This row cannot be read as CSV."),
    ],
)
def test_a_fault_in_the_columns_names_is_named_and_no_row_is_trusted(
    header: str, codes: list[tuple[str, str]], detail: str
) -> None:
    (row,) = read_rows(lines(header, "TEST-1,40,x"))

    assert row.number == 1
    assert codes_of(row) == codes
    assert row.problems[0].detail == detail


def test_a_misspelt_column_is_told_what_it_was_probably_meant_to_be() -> None:
    (row,) = read_rows(lines("incident.typ"))

    assert row.problems[0].fix == "Correct or remove the column. Did you mean incident.type?"


def test_no_file_at_all_has_no_header() -> None:
    assert [codes_of(row) for row in read_rows(io.StringIO(""))] == [[("", "no_header")]]


@pytest.mark.parametrize("text", [text for text in HOSTILE["csv_cells"] if "\x00" not in text])
def test_a_cell_that_looks_like_a_formula_is_text(text: str) -> None:
    row = the_row_of(LEAST | {"incident.narrative": text})

    assert row.document == changed(a_document(), "/incident/narrative", text)


@pytest.mark.parametrize("lead", [lead for lead in HOSTILE["csv_formula_leads"] if lead != "\x00"])
@pytest.mark.parametrize("quotes", ["", "'", "''"])
def test_no_cell_that_is_written_runs_as_a_formula(lead: str, quotes: str) -> None:
    text = f"{quotes}{lead}1+1"
    cells = write_row(changed(a_document(), "/incident/narrative", text))
    row = the_row_of(cells)

    assert cells["incident.narrative"] == f"'{text}"
    assert row.document == changed(a_document(), "/incident/narrative", text)


def test_a_name_that_begins_with_an_apostrophe_keeps_it() -> None:
    row = the_row_of(LEAST | {"adults[0].family_name": "'t Sample"})

    assert row.document is not None
    assert row.document["adults"] == [{"role": "victim", "family_name": "'t Sample"}]


def test_no_problem_of_a_row_repeats_a_cell() -> None:
    rows = read_rows(
        lines("contact_reference,force_code,incident.narrative", "Zzyzx,Quux", "Zzyzx,40,\x07Quux", '"Zzyzx"Quux,,')
    )

    said = repr([row.problems for row in rows])
    assert "control_character" in said
    assert not re.search("Zzyzx|Quux", said)


def test_columns_are_named_as_documented() -> None:
    assert {"incident.type", "adults[0].role", "children[2].voice.words", "risk_assessment.answers.isolated"} <= set(
        COLUMNS
    )
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert set(LEAST) <= set(COLUMNS)


def test_an_answer_in_a_column_is_an_answer() -> None:
    row = the_row_of(
        LEAST | {"risk_assessment.tool": "dara", "risk_assessment.grade": "high", "incident.strangulation": "unknown"}
    )

    assert row.document is not None
    assert read_document(row.document, NOW).contact.incident.strangulation is Answer.UNKNOWN


def test_the_example_in_the_documents_is_a_contact() -> None:
    page = (CONTACTS.parents[1] / "docs" / "csv.md").read_text(encoding="utf-8")
    example = page.split("```csv\n")[1].split("```")[0]

    (row,) = read_rows(io.StringIO(example, newline=""))

    assert row.document is not None
    assert read_document(row.document, NOW).contact.children[0].age_years == 8

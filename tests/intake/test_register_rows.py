"""The care register's CSV: whole and right, or refused with every fault named by row and column."""

import io
from datetime import date

import pytest

from screening.domain.household import CareStatus, RegisterEntry
from screening.intake.register_rows import REGISTER_COLUMNS, RegisterRefused, read_register

HEADER = "child_id,given_name,family_name,date_of_birth,postcode,status,allocated_worker,team,since"
GOOD = "C-1,Childa,Sample,2018-05-02,MK99 9ZZ,child_in_need,worker-17,team-2,2026-02-01"


def a_register(*rows: str, header: str = HEADER) -> io.StringIO:
    return io.StringIO("\r\n".join((header, *rows)), newline="")


def faults_of(text: io.StringIO) -> list[tuple[int, str, str]]:
    with pytest.raises(RegisterRefused) as caught:
        read_register(text)
    return [(fault.row, fault.column, fault.code) for fault in caught.value.faults]


def test_a_register_is_read() -> None:
    entries = read_register(a_register(GOOD, "C-2,Unborn,Example,,,looked_after,,,", ""))

    assert entries == (
        RegisterEntry(
            child_id="C-1",
            given_name="Childa",
            family_name="Sample",
            date_of_birth=date(2018, 5, 2),
            postcode="MK99 9ZZ",
            status=CareStatus.CHILD_IN_NEED,
            allocated_worker="worker-17",
            team="team-2",
            since=date(2026, 2, 1),
        ),
        RegisterEntry("C-2", "Unborn", "Example", None, None, CareStatus.LOOKED_AFTER, None, None, None),
    )


def test_the_columns_are_those_of_the_contract_in_any_order() -> None:
    names = HEADER.split(",")
    turned = a_register(",".join(reversed(GOOD.split(","))), header=",".join(reversed(names)))

    assert list(REGISTER_COLUMNS) == names
    assert read_register(turned) == read_register(a_register(GOOD))


@pytest.mark.parametrize("status", ["early_help", "child_in_need", "child_protection_plan", "looked_after"])
def test_every_status_of_the_contract_is_known(status: str) -> None:
    (entry,) = read_register(a_register(f"C-1,Childa,Sample,,, {status} ,,,"))

    assert entry.status == status


def test_an_empty_register_is_a_register() -> None:
    assert read_register(a_register()) == ()


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_register(a_register(GOOD, header="\ufeff" + HEADER)) == read_register(a_register(GOOD))


def test_the_same_row_twice_is_one_entry_and_another_status_is_another() -> None:
    other = GOOD.replace("child_in_need", "early_help")

    assert len(read_register(a_register(GOOD, GOOD, other))) == 2


def test_all_faults_are_named_at_once_and_nothing_is_half_read() -> None:
    register = a_register(
        GOOD,
        "C-2,,Sample,02/05/2018,,child_in_care,,,",
        "C-3,Childc,Sample",
        'C-4,"Child"d,Sample,,,early_help,,,',
        "C-\x075,Childe,Sample,,,,,,2026-13-01",
        GOOD,
    )

    assert faults_of(register) == [
        (3, "given_name", "missing"),
        (3, "date_of_birth", "not_a_date"),
        (3, "status", "unknown_code"),
        (4, "", "wrong_number_of_cells"),
        (5, "", "not_csv"),
        (6, "child_id", "control_character"),
        (6, "status", "missing"),
        (6, "since", "not_a_date"),
    ]


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        (HEADER.replace("status", "staus"), [(1, "", "unknown_column"), (1, "status", "missing_column")]),
        (HEADER + ",notes", [(1, "", "unknown_column")]),
        (HEADER + ",team", [(1, "team", "repeated_column")]),
        (HEADER.replace(",since", ""), [(1, "since", "missing_column")]),
        (HEADER + ",", [(1, "", "blank_column")]),
        ('"child_id"x', [(1, "", "not_csv")]),
        ("", [(1, "", "no_header")]),
    ],
)
def test_a_fault_in_the_columns_is_named(header: str, faults: list[tuple[int, str, str]]) -> None:
    assert faults_of(a_register(GOOD, header=header)) == faults


def test_no_fault_repeats_a_cell() -> None:
    with pytest.raises(RegisterRefused) as caught:
        read_register(a_register("Zzyzx,Quux,Quux,Quux,Quux,Quux,Quux,Quux,Quux", f"{'Zzyzx' * 90},\x07Quux,,,,,,,"))

    said = repr((caught.value.faults, str(caught.value)))
    assert "unknown_code" in said
    assert "too_long" in said
    assert "Zzyzx" not in said
    assert "Quux" not in said


def test_a_control_character_alone_refuses_the_register() -> None:
    assert faults_of(a_register(GOOD.replace("team-2", "team\x002"))) == [(2, "team", "control_character")]

"""Charts, and numbers in words."""

import re
from datetime import date

import pytest

from training.report.charts import Axis, Dot, dots, lines, over_time
from training.report.words import count, number, parted, percent, points, signed

pytestmark = pytest.mark.slow


def test_thousands_are_parted_and_nothing_has_no_sign() -> None:
    assert [signed(one) for one in (-0.04, 0.04, -0.26, 0.26)] == ["0.0", "0.0", "-0.3", "+0.3"]
    assert (signed(-0.001, 2), signed(0.0, 2), points(-0.0001), number(-0.0001), percent(-0.0), count(-0.3)) == (
        "0.00",
        "0.00",
        "0.0",
        "0.000",
        "0.0%",
        "0",
    )
    assert (
        parted("Of 4851 on 2026-11-30 it is 4.97% of 12345678.") == "Of 4,851 on 2026-11-30 it is 4.97% of 12,345,678."
    )


def test_an_estimate_below_nothing_is_told_in_words() -> None:
    assert percent(-0.004) == "about 0%"
    assert percent(0.0) == "0.0%"


def test_ticks_have_a_decimal_where_they_would_else_read_the_same() -> None:
    narrow = dots("d", "Narrow", Axis("share"), [Dot("one", 0.034, (0.03, 0.06))])
    wide = dots("d", "Wide", Axis("share"), [Dot("one", 0.3, (0.1, 0.6))])

    ticks = re.findall(r">([\d.]+%)<", narrow.svg)
    assert len(ticks) == len(set(ticks)) > 3
    assert not re.search(r">\d+\.\d%<", wide.svg)


def test_time_is_told_by_dates() -> None:
    points = [(date(2023 + place // 4, 1 + 3 * (place % 4), 1), Dot("", 0.1, (0.05, 0.2))) for place in range(12)]
    drawn = over_time("t", "Time", Axis("share"), {"missed": points})

    assert ">Jan 2023</text>" in drawn.svg
    assert 3 <= len(re.findall(r">[A-Z][a-z]{2} 20\d\d<", drawn.svg)) <= 7


def test_a_chart_is_the_same_twice_and_its_title_is_escaped() -> None:
    rows = [Dot("one", 0.1, (0.05, 0.2)), Dot("two", 0.2)]
    first, again = (dots("d", 'A "title" <b>', Axis("share"), rows, 0.1) for _ in range(2))
    curve = lines("l", "Lines", Axis("x"), Axis("y", percent=False), {"a": [(0.0, 1.0), (1.0, 2.0)]})

    assert first == again
    assert 'aria-label="A &quot;title&quot; &lt;b&gt;"' in first.svg
    assert not re.search(r"://|<style|<metadata|<!DOCTYPE", first.svg + curve.svg)

"""Charts as SVG text: the same bytes from the same figures, and nothing fetched.

What a chart shows is told by its caller; here it is only drawn. Lines differ by mark and dash as well as by colour, so
that it can be read in print. A chart of made-up data says so in the drawing itself, which is what gets copied. No
pyplot: nothing global, no window.
"""

import io
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter

SALT = "a chart of figures"
WIDTH, HEIGHT = 7.2, 3.4
"""Inches; an A4 page is 8.3 wide."""

INK, GREY, MARK = "#0b0c0c", "#505a5f", "#4c2c92"
LOOKS = (
    ("#1d70b8", "o", "-"),
    ("#d4351c", "s", "--"),
    ("#00703c", "^", "-."),
    ("#4c2c92", "D", ":"),
    ("#b58840", "v", (0, (5, 1))),
    (GREY, "x", (0, (1, 1))),
)
"""Colour, mark and dash of each line in turn."""

UPRIGHTS = ((GREY, "--"), ("#d4351c", "-"), ("#00703c", ":"), (MARK, (0, (8, 2, 1, 2, 1, 2))))
"""Colour and dash of each upright in turn."""

_STYLE: Any = {
    "svg.hashsalt": SALT,
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


MADE_UP = "made-up data"

TICKS = 7
"""Dates on an axis of time, at most."""

TINY = 1e-6

KEY = 0.3
"""Inches that a key above the rows takes."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis is of; `percent` writes 0.05 as 5%, and 0.055 as 5.5% where steps are that small.

    `ends` are fixed where given.
    """

    label: str
    percent: bool = True
    ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as an SVG element to stand in a page, and what it shows."""

    title: str
    svg: str

    def marked(self) -> "Chart":
        """The same with the mark of made-up data, in its title and in the drawing."""
        wide, high = re.findall(r"[\d.]+", self.svg[: self.svg.index(">")])[2:4]
        text = (
            f'<text x="{wide}" y="{high}" dx="-4" dy="-4" text-anchor="end" font-size="9" font-weight="700" '
            f'fill="{MARK}">{MADE_UP}</text></svg>'
        )
        label = f'aria-label="{escape(self.title)}'
        named = self.svg.replace(label, f"{label} ({MADE_UP})", 1)
        return Chart(f"{self.title} ({MADE_UP})", named.removesuffix("\n").removesuffix("</svg>") + text)


@dataclass(frozen=True, slots=True)
class Dot:
    """One row of a dot-and-range plot."""

    name: str
    value: float
    interval: tuple[float, float] | None = None


def lines(
    name: str,
    title: str,
    x: Axis,
    y: Axis,
    series: Mapping[str, Sequence[tuple[float, float]]],
    points: Mapping[str, float] | None = None,
) -> Chart:
    """Several lines, each a list of points, with a key. `points` on the x axis are marked by an upright and a name."""
    with mpl.rc_context(_STYLE):
        figure, axes = _figure(x, y)
        for named, at in (points or {}).items():
            axes.axvline(at, color=GREY, linestyle="--", linewidth=1)
            axes.text(at, 1.0, f" {named}", transform=axes.get_xaxis_transform(), va="top", fontsize=8, color=GREY)
        _lines(axes, series)
        return Chart(title, _svg(figure, name, title))


def over_time(name: str, title: str, y: Axis, series: Mapping[str, Sequence[tuple[date, Dot]]]) -> Chart:
    """Several lines by date, each point with its range where it has one."""
    with mpl.rc_context(_STYLE):
        figure, axes = _figure(Axis("", percent=False), y)
        _lines(axes, {name: [(_number(at), dot.value) for at, dot in points] for name, points in series.items()})
        for points, (colour, _, _) in zip(series.values(), LOOKS, strict=False):
            for at, dot in points:
                if dot.interval is not None:
                    axes.plot([_number(at)] * 2, list(dot.interval), color=colour, linewidth=1.2)
        longest = max(series.values(), key=len)
        shown = [at for at, _ in longest][:: -(-len(longest) // TICKS)]
        axes.set_xticks([_number(at) for at in shown], [f"{at:%b %Y}" for at in shown])
        return Chart(title, _svg(figure, name, title))


def _number(at: date) -> float:
    return float(date2num(at))  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped


def _lines(axes: Axes, series: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    for (label, points), (colour, mark, dash) in zip(series.items(), LOOKS, strict=False):
        axes.plot(*zip(*points, strict=True), label=label, color=colour, marker=mark, linestyle=dash, markersize=3.5)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))


def against_diagonal(name: str, title: str, x: Axis, y: Axis, dots: Sequence[tuple[float, Dot]]) -> Chart:
    """Dots with ranges against the line on which both axes say the same."""
    with mpl.rc_context(_STYLE):
        figure, axes = _figure(x, y)
        top = max([at for at, _ in dots] + [dot.interval[1] if dot.interval else dot.value for _, dot in dots])
        axes.plot([0.0, top], [0.0, top], color=GREY, linestyle="--", linewidth=1)
        for at, dot in dots:
            _dot(axes, at, dot, upright=True)
        return Chart(title, _svg(figure, name, title))


def dots(
    name: str, title: str, x: Axis, rows: Sequence[Dot], lines: Mapping[str, float] | float | None = None
) -> Chart:
    """A row a dot, each with its range, names at the left.

    `lines` are uprights that rows are held against, each by its name in a key above them. One alone may be given
    without a name, where the title says what it is.
    """
    uprights = lines if isinstance(lines, Mapping) else {} if lines is None else {"": lines}
    if len(uprights) > len(UPRIGHTS):
        raise ValueError(f"a chart tells {len(UPRIGHTS)} uprights apart, not {len(uprights)}")
    with mpl.rc_context(_STYLE):
        height = 0.9 + 0.3 * len(rows) + (KEY if any(uprights) else 0.0)
        figure, axes = _figure(x, Axis("", percent=False), height)
        _uprights(axes, uprights)
        for place, row in enumerate(rows):
            _dot(axes, len(rows) - 1 - place, row, upright=False)
        axes.set_yticks(range(len(rows)), [row.name for row in reversed(rows)])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.tick_params(axis="y", length=0)
        return Chart(title, _svg(figure, name, title))


def _uprights(axes: Axes, uprights: Mapping[str, float]) -> None:
    for (label, at), (colour, dash) in zip(uprights.items(), UPRIGHTS, strict=False):
        axes.axvline(at, color=colour, linestyle=dash, linewidth=1.4, label=label)
    if any(uprights):
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, handlelength=3.0)


def _dot(axes: Axes, at: float, dot: Dot, *, upright: bool) -> None:
    colour, mark, _ = LOOKS[0]
    if dot.interval is not None:
        ends = ([at, at], list(dot.interval)) if upright else (list(dot.interval), [at, at])
        axes.plot(*ends, color=colour, linewidth=1.4)
    place = (at, dot.value) if upright else (dot.value, at)
    axes.plot([place[0]], [place[1]], color=colour, marker=mark, markersize=5, linestyle="none")


class _Percent(Formatter):
    """Shares as percentages, with a decimal wherever two ticks would else read the same."""

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002  matplotlib names it so
        """One share by itself."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """All ticks of an axis, written alike."""
        steps = [100.0 * (b - a) for a, b in itertools.pairwise(values)]
        places = 0 if all(abs(step - round(step)) < TINY for step in steps) else 1
        return [f"{value:.{places}%}" for value in values]


def _figure(x: Axis, y: Axis, height: float = HEIGHT) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, height), layout="tight")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    for axis, of, set_ends in ((axes.xaxis, x, axes.set_xlim), (axes.yaxis, y, axes.set_ylim)):
        axis.set_label_text(of.label)
        if of.percent:
            axis.set_major_formatter(_Percent())
        if of.ends is not None:
            set_ends(*of.ends)
    axes.grid(visible=True, color="#e5e6e7", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Figure, name: str, title: str) -> str:
    """The figure as an element to stand in a page: named for those who cannot see it, its ids unlike any other's."""
    written = io.StringIO()
    nothing_said = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(written, format="svg", metadata=nothing_said)
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{name}-", svg)
    box = re.search(r'viewBox="([^"]+)"', svg)
    opening = f'<svg viewBox="{box[1] if box else ""}" role="img" aria-label="{escape(title)}">'
    return opening + svg[svg.index(">") + 1 :].replace("xlink:href", "href")

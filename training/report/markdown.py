"""A section of the report as Markdown: what it says, and its tables."""

from collections.abc import Sequence

from training.report.words import Section, Table, in_brackets


def section(one: Section, *, level: int = 2, tables: int | None = None) -> list[str]:
    """The heading, what it says, and its first `tables` tables; all of them without a number."""
    lines = ["", f"{'#' * level} {one.title}", ""]
    lines += [f"{line}\n" for line in one.says]
    for each in one.tables[:tables]:
        lines += [f"{each.title}:", "", *table(each), ""]
    return lines


def table(one: Table) -> list[str]:
    """A table's lines."""
    return [_line(one.head), "|" + "---|" * len(one.head), *map(_line, one.rows)]


def together(lines: Sequence[str]) -> str:
    """The lines as a file, no more than one of them empty in a row."""
    kept: list[str] = []
    for line in "\n".join(lines).splitlines():
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).rstrip() + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: str) -> str:
    """An interval stands behind its figure here, and a bar would end the cell."""
    return in_brackets(cell.replace("|", "\\|"))

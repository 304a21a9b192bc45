"""What a test of the report asks a page for."""

from typing import Any

from training.report.words import Section


def of_key(sections: list[Section], key: str) -> Section:
    (one,) = (section for section in sections if section.key == key)
    return one


def said(sections: list[Section], key: str) -> str:
    return " ".join(of_key(sections, key).says)


def without_nfa(figures: dict[str, Any]) -> dict[str, Any]:
    """As if no threshold had kept the promise."""
    nobody = {"n": 0, "in_need": 0.0, "share": 0.0, "interval": [0.0, 1.0], "no_more_than": 1.0, "confidence": 0.95}
    figures["missed_need_among_suggested_nfa"].update(nobody)
    figures["suggested_nfa"].update({"n": 0, "share": 0.0})
    figures["closing_curve"] = []
    figures["model"]["thresholds"]["nfa_upto"] = None
    return figures

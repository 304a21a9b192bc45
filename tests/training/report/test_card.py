"""The model card and the draft transparency record, from the same figures as the report."""

import re

import pytest

from tests.training.whole import small_figures
from training.report.atrs import OPEN, record
from training.report.whole_card import whole_card

pytestmark = pytest.mark.slow


def test_the_card_says_made_up_on_its_first_line_and_misses_before_all_else() -> None:
    card = whole_card(small_figures())
    titles = re.findall(r"^## (.+)$", card, re.MULTILINE)

    assert card.startswith("**Fitted on made-up data: it must be refitted")
    assert titles[:2] == ["The verdict", "Missed need"]
    assert {"Groups above the promise", "By group: ethnicity of the children", "Words"} <= set(titles)
    assert whole_card(small_figures()) == card
    figures = small_figures()
    figures["about"]["made_up_data"] = False
    assert whole_card(figures).startswith("# Model card: small-1")


def test_every_row_of_a_table_in_the_card_has_as_many_cells_as_its_head() -> None:
    card = whole_card(small_figures())
    blocks = re.findall(r"(?:^\|.*\n)+", card, re.MULTILINE)

    assert len(blocks) > 8
    assert all(len({line.count("|") for line in block.splitlines()}) == 1 for block in blocks)


def test_the_draft_record_is_marked_as_a_draft_and_leaves_open_what_only_an_authority_knows() -> None:
    draft = record(small_figures())

    assert "DRAFT" in draft
    assert draft.count(OPEN) >= 6
    assert [title[:3] for title in re.findall(r"^### (.+)$", draft, re.MULTILINE)] == [
        "2.1",
        "2.2",
        "2.3",
        "2.4",
        "2.5",
    ]

"""evaluation.json in words, tables and plots, for people who were not there; read from that file alone.

    page.py          one page that stands alone (charts.py, templates/)
    all_sections.py  what it says, in order: verdict, first, workday, groups (dials), ranking, reads, detail, origin,
                     glossary
    whole_card.py    the model card
    atrs.py          a draft transparency record
    compare.py       what moves from one model to another on the same contacts
    words.py         figures as people read them (markdown.py)

Nothing is judged here.
"""

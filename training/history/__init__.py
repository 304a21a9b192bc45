"""A folder of history, read as the service would have seen it: contacts, decisions, outcomes, the care register.

    extract.py     a folder -> `Extract`; every fault of its files at once (extract_*.py its parts)
    columns.py     names of columns that say who somebody is, or were written after the decision
    pictures.py    the picture of every contact, as the service would have seen it on its day; families
    rows.py        the same as rows: features, what the rules found, what became of it
    groups.py      who was concerned, for judging by group only; no input of a score
    split.py       folds that never part a family

Nothing is learnt or judged here.
"""

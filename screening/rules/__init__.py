"""The rulebook: which rules fire on one contact, and how the rulebook is read, checked and listed.

    rulebook.toml   the rules: one row each, with wording, why, source, owner, dates, condition, effects
    sources.txt     the keys of docs/sources.md, held to that page by a test
    grammar.py      the language of a condition: one line of text -> a typed tree, or its faults as sentences
    conditions.py   a tree -> a three-valued function of the facts: yes, no, or not known
    declared.py     the declared risks, and the check that no rule turns one round
    rule.py         one row, read and checked
    rulebook.py     the whole file, read and checked, known by its digest
    evaluate.py     the facts of one contact -> the rules that fired, with their evidence
    describe.py     the rulebook in words, for a safeguarding lead

Rules read facts (`domain.fact_list`) and nothing else. Nothing here knows the classifier, a clock or the outside.
"""

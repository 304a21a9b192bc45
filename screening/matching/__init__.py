"""Matching: who a contact is about, and what came before.

    known.py      the values that go in: a person's details, known people, earlier contacts
    normalise.py  the comparable form of names, dates, postcodes, addresses and nominal numbers
    keys.py       under which keys known people are looked for, and how many of each are looked at
    likeness.py   how two names, two births, two places compare
    weights.toml  what each likeness counts for, read by weights.py
    compare.py    two people: certain, possible or not the same, with the grounds in words
    match.py      the people of a contact against known people and against the care register
    unborn.py     whom a contact expects, against the care register's rows of unborn children
    incidents.py  contacts put together into incidents, none of them twice
    history.py    the earlier incidents that follow from the matches
    recognise.py  all of it in one picture of a contact, and how its people are linked afterwards
    memory.py     what is known, kept in memory: for files and for fitting

Values in, values out: no store, no clock; what is known is asked for through `recognise.PeopleReading`. Grounds are
words without values, so that they may be shown and logged.
"""

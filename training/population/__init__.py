"""A made-up authority, as hard and as unfair as published figures say.

    settings.py   what an authority is like, read from one file (settings_table.py; settings_check.py: what it may say)
    dice.py       draws that give the same bytes on every machine
    people.py     households: adults, children, and the latent state that nobody records
    kin.py        who is what to whom, and how old: drawn together
    languages.py  what is spoken in a home, given its ethnicity
    force.py      teams, officers and intake workers with their habits
    incidents.py  when something happens, and what truly happened
    need.py       the latent need, and its true probability
    form.py       the risk form and the grade: one latent control factor behind the answers
    scene.py      what the officer met: who slept, who was spoken to, where the suspect was, how late it was told
    record.py     what the officer wrote: a contact in the contract's shape (identity.py, children_written.py)
    narrative.py  plain sentences that agree with the facts
    working_days.py  when offices work
    deciding.py   what intake workers decided, inconsistently
    aftermath.py  the twelve months after: what was found, what happened, who was looked at again
    telling.py    one incident's way: sent, decided, followed up, as a dial of bias has it
    borough.py    one family's whole way, and all families together
    arrivals.py   a population in the order of arrival
    folder.py     the files that an analyst gets
    figures.py    published figures beside simulated ones (figures.toml; what is measured: measures.py)
    demo.py       the borough that the service ships to be tried

Three things are kept apart from first to last: the latent need, the record, the recorded decision. Ethnicity is drawn
with the people and never enters need; the dials of bias act on being reported, on being recorded, on being decided.
"""

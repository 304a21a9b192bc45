"""Screening of police domestic-abuse contacts at a children's social care front door.

The rooms, in the order of a contact's way; arrows between them go down only (import-linter holds it):

    domain/     the words: contact, household, facts, signals, suggestion, decision, calendar, access, errors
    intake/     sent bytes or CSV rows -> Contact, or every fault at once
    matching/   who is this about: certain, possible or new, each with its grounds; the history that follows
    rules/      the rulebook (data), its closed language, and which rules fire
    triage/     features, the scorecard, combining rules and score into one suggestion, what is missing
    audit/      the log's entries, the Merkle tree, checkpoints, the verifier
    journey/    the story, one file an act: screen, decide, sign_off, follow_up, review
    store/      SQLAlchemy tables, migrations, one writer at a time
    api/        the door for police systems
    web/        the door for people
    config.py   the settings, read once;  wiring.py builds everything;  app.py and cli.py run it
    demo/       a made-up borough, to try all of it

Start with `journey/screen.py`: the whole way of a contact, one call a step.
"""

__version__ = "0.1.0"

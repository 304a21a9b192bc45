"""Triage: what the classifier says, how rules and score become one suggestion, and what is missing from it.

    features.py    a contact in numbers: the one definition, for service and training
    scorecard.py   the two sums of tables that score a row, with every factor's share;  tables.py what it is made of
    model.py       the folder that a scorecard comes in, read and checked;  model_json.py its JSON, strictly
    combine.py     rules and score, put together;  notices.py what is said beside a suggestion
    missing.py     which answers could still change it;  questions.py which are missing;  answers.py a contact with them

Nothing here is fitted, stored or asked of a clock; the standard library is enough.
"""

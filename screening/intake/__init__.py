"""Intake: what was sent becomes a Contact, or every fault at once.

    strict_json.py     bytes -> one JSON object, strictly
    field_kinds.py     the kinds of field that the contract knows
    schemas.py         the contract's fields (people's in person_schemas.py, DfE codes in codes.py)
    checks.py          what one field alone cannot show: order and place in time
    build.py           typed fields -> the domain's Contact
    parse.py           the way through all of these: read_contact, read_document
    warnings.py        what is missing or doubtful in a contact that can be used (people's in person_warnings.py)
    csv_columns.py     the contract's flattened column names
    csv_rows.py        rows of a CSV file -> documents of the contract, and back
    register_rows.py   the care register's CSV -> its entries
    wording.py         the one table from a fault's code to its words
    pointers.py        JSON pointers

Nothing here stores, matches or judges, and no fault or warning ever repeats a value that was sent.
"""

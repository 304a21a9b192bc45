"""The audit log: what an entry is, the tree that holds entries together, signed checkpoints, receipts, the verifier.

    canonical.py    one byte string for one JSON value (RFC 8785)
    entry.py        one line of the log, and the salted commitment to what lies beside it
    merkle.py       the append-only tree over the entries' bytes (RFC 9162)
    checkpoint.py   the tree's head as a signed note that leaves the building (C2SP)
    receipt.py      proof for one entry, checkable years later without us
    verify.py       reads a whole stored log and names the first entry that is not as it was

Pure: nothing here reads a clock, draws a random number, opens a file or knows a database. Salts, seeds, times and rows
are arguments. Only `checkpoint.py` uses a package from outside the standard library.
"""

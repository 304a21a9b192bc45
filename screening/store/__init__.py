"""The store: everything that is kept, in SQLite or in PostgreSQL, written by one writer at a time.

    columns.py    column types that behave alike on both databases
    tables.py     every table; migrations/ makes them (Alembic, forward only)
    engine.py     connections: journal, locks, time limits
    faults.py     what a driver's error means
    migrate.py    make a database or bring it up to date, and open its log;  rekey.py people's keys made anew
    store.py      the store as doors hold it: write, read, can_write
    writer.py     one thread that writes for all of a process, many acts in one transaction
    turns.py      whose turn it is among processes
    unit.py       what an act holds: all of the rooms below over one connection
    contacts.py people.py decisions.py worklist.py log.py register.py accounts.py senders.py rulebooks.py
                  what is kept, by idea: each reads and writes its own tables (look.py and put.py are what they share)
    verify.py     reads the whole log against its tree;  crosscheck.py the tables against the log
    standing.py   where a contact stands, against what the log tells of it

No rule of the work lives here: what may be written, and when, is the journey's.
"""

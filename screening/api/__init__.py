"""The door for police systems: unpack a request, call one act, answer. No rule and no query lives here.

door.py       puts the routes, the documentation and the headers into the app
contacts.py   the routes for contacts;  health.py the two health routes;  documents.py the documentation page
senders.py    who is calling, and how often they may
problems.py   every error as application/problem+json (RFC 9457), from one table
described.py  what the OpenAPI document says of each call;  answers.py the schemas of what they answer with
reading.py    the document's prose and its tables of codes;  examples.py its examples
"""

"""The door for people: server-rendered pages in GOV.UK style that work without scripts. Unpack, call one act, show.

door.py       puts the pages into the app;  frame.py what every page shows around its own part
session.py    who is signed in: cookie, sign in, sign out;  passwords.py
worklist.py   the worklist and the refused deliveries
contact.py    the contact page;  decision.py the decision form;  sign_off.py the second person's
wording.py    every code as words;  errors.py every error as a page
"""

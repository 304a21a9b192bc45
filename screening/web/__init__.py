"""The door for people: server-rendered pages in GOV.UK style that work without scripts. Unpack, call one act, show.

door.py       puts the pages into the app;  frame.py what every page shows around its own part;  assets.py its files
entrance.py   sign in, sign out, the first page;  session.py who is signed in;  passwords.py
worklist.py   the worklist;  refused.py the refused deliveries
contact.py    the contact page;  facts_shown.py what was sent, as rows of words
decision.py   the decision form;  sign_off.py the second person's;  forms.py what was typed, and its faults in words
wording.py    every code as words;  fields.py every field and pointer;  moments.py every time;  filters.py
errors.py     every error as a page
"""

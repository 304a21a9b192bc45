"""The story of a contact, one file an act. Acts take values and ports; they know no database, no web, no clock.

receive.py     a delivery at the door: read it, then screen it or note why not
screen.py      a contact arrives: match, history, suggestion, worklist, log entry, receipt; in one transaction
suggest.py     rules and score;  placement.py where to, by when;  picture.py what is told of whom it is about
correction.py  a contact that corrects an earlier one: what it says of it, and what becomes of both
overtaken.py   a contact that comes after its own correction
refuse.py      a delivery that cannot be a contact, or a caller who may not send: an entry, nothing else
view.py        somebody opens a contact: the entry first, then the contact file
decide.py      a person decides;  binding.py what that must hold to;  sign_off.py a second person agrees or does not
follow_up.py   the care register is imported; where a contact stands; who has fallen silent
accounts.py    people: sign in, lock, disable;  senders.py police systems and their keys
assess.py      suggestions for contact files, nothing stored
record.py      a suggestion as JSON: the same shape in the log and on the command line
ports.py       what the acts need of the store;  records.py the values that cross it
"""

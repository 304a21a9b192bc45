"""A made-up borough's six months, to try the whole service on: the data, its dating on load, and how it is taken in.

Everybody in it is made up by `training`; nothing here says how a real borough would fare.

    borough.py    the data that ships, dated to end today
    taking_in.py  accounts, senders, care register; contacts and decisions through the real acts
    state.py      what a demo folder remembers between runs
"""

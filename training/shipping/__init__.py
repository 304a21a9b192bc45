"""A model's folder: made whole or not at all, and put in use by two people.

make_model.py  the whole way, from a history to a model's folder
folder.py      that folder, its manifest and digests
card.py        the model card's own part (told.py: first figures in words)
promote.py     a version put in use after two people approved, what was before kept
"""

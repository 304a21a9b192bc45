"""Whole stories on the whole service: what a force's system, a worker and a bad day do to it."""

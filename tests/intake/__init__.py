"""Intake: what was sent becomes a Contact, or every fault at once."""

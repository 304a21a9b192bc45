"""Matching: comparable forms, near matches, the care register, and the history that follows."""

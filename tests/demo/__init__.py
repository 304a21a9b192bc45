"""Tests of the demo: what a folder remembers, and how the made-up borough is taken in."""

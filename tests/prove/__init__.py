"""The long proofs that do not fit in `make test`: `make prove` runs them and prints what it counted."""

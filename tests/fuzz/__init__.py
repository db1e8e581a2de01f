"""Fuzzers: one for each kind of input, each by two engines; ``run.py`` runs them."""

"""Verdicts, comparisons, derivations, consistency checks and coverage."""

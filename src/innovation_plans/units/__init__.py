"""Exact numbers and units: decimals, the unit table, quantities, growth, ratios."""

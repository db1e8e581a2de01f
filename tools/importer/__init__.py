"""Convert the research tables to the data files; ``tools/import_research.py`` runs it."""

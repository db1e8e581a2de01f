"""From the research tables to the files that ship; run by ``tools/import_research.py``."""

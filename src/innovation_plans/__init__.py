"""innovation_plans."""
__version__ = "0.1.0"

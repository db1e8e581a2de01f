"""The check of a user's own data: its rules, its report, a template to begin with."""

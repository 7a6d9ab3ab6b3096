"""Verbs of guardians: consent by link and code, families, and what ends at eighteen."""

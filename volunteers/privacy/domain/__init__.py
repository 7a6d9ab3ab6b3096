"""Verbs on a person's own data: consent, copies, correction, erasure."""

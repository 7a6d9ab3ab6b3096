"""Whom to call when something happens to a volunteer."""

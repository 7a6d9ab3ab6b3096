"""Codes that volunteers show, and what they may use."""

"""Codes, whom they mean, and what the scans come to."""

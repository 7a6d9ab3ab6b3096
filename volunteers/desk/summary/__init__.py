"""Reads across models: whom a text means, whether a row is right, what a window has not seen."""

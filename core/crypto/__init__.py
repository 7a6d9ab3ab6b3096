"""Sealed identifiers: encryption of single values, blind indexes, masks and key rotation."""

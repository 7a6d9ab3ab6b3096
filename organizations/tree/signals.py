"""What others are told of changes in the tree of committees."""

from django.dispatch import Signal

__all__ = ["committee_closed"]

# Sent inside the closing transaction with `committee`, `successor` (or None), `on` and `actor`:
# people and open work move on, past records stay.
committee_closed = Signal()

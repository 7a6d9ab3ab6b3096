"""The base of every history table."""

import pghistory.models
from django.db import models


class History(pghistory.models.Event):
    """One change of one row, written by a statement-level trigger.

    ``pgh_context`` holds the actor and the reason that the scope's opening statement set.
    """

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True

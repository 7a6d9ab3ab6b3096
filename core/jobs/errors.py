"""What can stop a job, told apart by what the runner does about it."""

from __future__ import annotations

__all__ = ["JobCancelled", "JobFailed", "LeaseLost", "UnknownJobKind"]


class JobFailed(Exception):
    """A handler gives up for a reason that the person can do something about.

    ``message`` is a translated sentence that says what happened and how to go on. It is shown as
    it is, and the job is not tried again.
    """


class JobCancelled(Exception):
    """The person asked for the job to stop; nothing of it is kept."""


class LeaseLost(Exception):
    """Another worker took the job over; this attempt must leave no trace."""


class UnknownJobKind(LookupError):
    """No handler is registered under that name in this process."""

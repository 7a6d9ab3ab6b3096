"""Jobs: long work as rows. Redis only rings the bell; what has to be done stands here."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from core.jobs.errors import UnknownJobKind
from core.jobs.kinds import kind_named
from core.jobs.queries import JobQuerySet
from core.tenancy.keys import PathKeyField

__all__ = ["Job", "JobState"]


class JobState(models.TextChoices):
    """Waiting → running → done, failed or cancelled; running → waiting before another try."""

    WAITING = "waiting", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    DONE = "done", pgettext_lazy("job", "done")
    FAILED = "failed", pgettext_lazy("job", "failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")


# The colour that goes with the word (templates/components/state.html).
_TONES = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "active",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "draft",
}


class Job(models.Model):
    """One piece of long work, asked for by a person or, without a user, by the system.

    ``attempts`` counts the times a worker took it and names the present one: whoever finds
    another number there has lost the job. ``failures`` counts those that ended in an exception.
    """

    kind = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    # Plain keys: the tables of accounts and committees lie in an app above.
    user_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    # For whom a person without a committee acted: oneself, or a child.
    volunteer_id = models.BigIntegerField(null=True)
    committee_path = PathKeyField(blank=True)
    # Chosen by the sender: what is sent twice is done once.
    nonce = models.UUIDField(default=uuid4)

    state = models.CharField(max_length=9, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    error = models.TextField(blank=True)
    cancel_requested = models.BooleanField(default=False)

    worker = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)

    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "-id"], name="job_user_newest"),
            # The sweeper looks every few seconds, among few rows that are not finished.
            models.Index(
                fields=["id"], name="job_unfinished", condition=Q(state__in=["waiting", "running"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user_id", "nonce"], name="job_sent_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="job_running_has_lease",
                condition=~Q(state="running") | Q(lease_until__isnull=False, worker__gt=""),
            ),
            models.CheckConstraint(
                name="job_finished_says_when",
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def active(self) -> bool:
        """Waiting or running."""
        return self.state in {JobState.WAITING, JobState.RUNNING}

    @property
    def failed(self) -> bool:
        """Ended without doing its work, and not because somebody cancelled it."""
        return self.state == JobState.FAILED

    @property
    def state_label(self) -> str:
        """The state in the reader's language."""
        if self.cancel_requested and self.active:
            return pgettext("job", "stopping")
        return str(JobState(self.state).label)

    @property
    def state_tone(self) -> str:
        """The colour that goes with the state."""
        return _TONES[JobState(self.state)]

    @property
    def unit(self) -> str:
        """What the progress counts, such as rows; empty for an unknown kind."""
        return self._of_kind("unit")

    @property
    def kind_title(self) -> str:
        """The kind in the reader's language; empty for an unknown kind."""
        return self._of_kind("title")

    @property
    def rate(self) -> int:
        """Progress per second since the present attempt began, 0 when nothing can be said."""
        if self.started_at is None:
            return 0
        seconds = ((self.finished_at or timezone.now()) - self.started_at).total_seconds()
        return round(self.done / seconds) if seconds >= 1 else 0

    @property
    def result_url(self) -> str:
        """Where the result is seen; empty while there is none."""
        return self._of_result("url")

    @property
    def result_label(self) -> str:
        """What the link to the result says; empty for the usual words."""
        return self._of_result("url_label")

    # The pages of jobs stand in the app at the top; their names are all that is known here.
    @property
    def url(self) -> str:
        """The job's own page."""
        return reverse("jobs:job-detail", args=[self.pk])

    @property
    def poll_url(self) -> str:
        """Answers the present figures."""
        return reverse("jobs:job-panel", args=[self.pk])

    @property
    def cancel_url(self) -> str:
        """Takes the wish to cancel by POST; empty once there is nothing to cancel."""
        if not self.active or self.cancel_requested:
            return ""
        return reverse("jobs:job-cancel", args=[self.pk])

    def _of_kind(self, name: str) -> str:
        try:
            return str(getattr(kind_named(self.kind), name))
        except UnknownJobKind:
            return ""

    def _of_result(self, name: str) -> str:
        result: dict[str, Any] = self.result or {}
        return str(result.get(name, "")) if self.state == JobState.DONE else ""

"""Settings of the workers and desks that the fault tests kill: a workplace's, less patient."""

from portal.settings.local import *  # noqa: F403
from portal.settings.local import CELERY_BEAT_SCHEDULE

CELERY_IMPORTS = ["tests.faults.kinds"]
JOB_LEASE_SECONDS = 1
JOB_HEARTBEAT_SECONDS = 0.2
CELERY_BEAT_SCHEDULE = {
    # Whole seconds: intervals are kept as integers, and half a second would become none at all.
    "ring-waiting-jobs": {**CELERY_BEAT_SCHEDULE["ring-waiting-jobs"], "schedule": 1.0},
}

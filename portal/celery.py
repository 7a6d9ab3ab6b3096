"""The Celery application: it rings bells, rows in the database hold the work."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")

app = Celery("portal")
# Also in threads other than the one that imports this, such as those of the web server.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")

# Topics with a tasks.py; read as the app registry is ready (portal/apps.py).
TOPICS_WITH_TASKS = [
    "core.jobs",
    "core.messages",
    "incentives.stars",
    "volunteers.bulk",
    "volunteers.certificates",
    "volunteers.duplicates",
    "volunteers.evidence",
    "volunteers.exports",
    "volunteers.guardians",
    "volunteers.imports",
    "volunteers.privacy",
    "volunteers.registry",
    "volunteers.signals",
    "volunteers.signups",
    "volunteers.spotchecks",
    "volunteers.totals",
    "volunteers.transfers",
]


@task_prerun.connect
def replace_broken_connections(**_kwargs: Any) -> None:
    """A worker keeps its connection over tasks; after a restart of the database it is of no use."""
    close_old_connections()

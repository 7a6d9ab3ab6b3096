"""The Celery application: it rings bells, rows in the database hold the work."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["core.jobs", "organizations.ledger", "volunteers.registry", "volunteers.hours", "volunteers.totals"]
)

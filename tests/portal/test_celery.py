"""Which worker gets which task."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from core.jobs.bells import RUN_JOB
from portal.celery import TOPICS_WITH_TASKS, app


def queue_of(task: str) -> str:
    return str(app.amqp.router.route({}, task)["queue"].name)


def test_only_jobs_go_to_the_workers_of_jobs() -> None:
    app.loader.import_default_modules()
    own = {name for name in app.tasks if not name.startswith("celery.")}
    assert len(own) > 3
    assert {name for name in own if queue_of(name) == "jobs"} == {RUN_JOB}
    assert {queue_of(name) for name in own - {RUN_JOB}} == {"clock"}


def test_every_topic_with_tasks_is_read_by_the_workers() -> None:
    root = Path(settings.BASE_DIR)
    written = {".".join(path.parent.relative_to(root).parts) for path in root.glob("*/*/tasks.py")}
    assert set(TOPICS_WITH_TASKS) == written


def test_what_the_clock_rings_for_is_in_a_topic_that_workers_read() -> None:
    rung = {str(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {task.partition(".tasks.")[0] for task in rung} <= set(TOPICS_WITH_TASKS)

"""Which worker gets which task."""

from __future__ import annotations

from core.jobs.bells import RUN_JOB
from portal.celery import app


def queue_of(task: str) -> str:
    return str(app.amqp.router.route({}, task)["queue"].name)


def test_only_jobs_go_to_the_workers_of_jobs() -> None:
    app.loader.import_default_modules()
    own = {name for name in app.tasks if not name.startswith("celery.")}
    assert len(own) > 3
    assert {name for name in own if queue_of(name) == "jobs"} == {RUN_JOB}
    assert {queue_of(name) for name in own - {RUN_JOB}} == {"clock"}

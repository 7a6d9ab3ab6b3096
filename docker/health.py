"""Health checks inside the containers: `python docker/health.py web | worker | clock`.

Exit 0 when the container's process does its work, 1 with a sentence when it does not.
"""

import http.client
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# A clock writes down its last rings every three minutes.
CLOCK_MINUTES = 10


def web() -> str:
    """Return what is wrong with the web server, or nothing."""
    # Asked by an allowed name: any other is refused before the address is looked at.
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"no answer: {error}"
    finally:
        connection.close()
    return "" if status == http.client.OK else f"answered {status}"


def worker() -> str:
    """Return what is wrong with this container's worker, or nothing."""
    app = celery_application()
    name = f"jobs@{os.uname().nodename}"
    answers = app.control.inspect(destination=[name], timeout=10).ping()
    return "" if answers else f"{name} does not answer a ping"


def clock() -> str:
    """Return what is wrong with the clock, or nothing."""
    celery_application()
    from django.db import connection  # noqa: PLC0415 - only after Django is set up

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(last_run_at) > now() - make_interval(mins => %s)"
            " FROM django_celery_beat_periodictask",
            [CLOCK_MINUTES],
        )
        row = cursor.fetchone()
    return "" if row and row[0] else f"no task was rung within {CLOCK_MINUTES} minutes"


def celery_application() -> Any:
    """Return the Celery application, which ships no types, with Django's settings loaded."""
    import django  # noqa: PLC0415 - the web's check does without

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
    django.setup()
    from portal.celery import app  # noqa: PLC0415

    return app


CHECKS: dict[str, Callable[[], str]] = {"web": web, "worker": worker, "clock": clock}


def main(words: list[str]) -> int:
    """Run the one check named; return the exit code."""
    if len(words) != 1 or words[0] not in CHECKS:
        sys.stderr.write(f"One of: {', '.join(CHECKS)}\n")
        return 2
    problem = CHECKS[words[0]]()
    sys.stdout.write(f"{problem or 'healthy'}\n")
    return 1 if problem else 0


if __name__ == "__main__":
    # The project's packages lie one folder up.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main(sys.argv[1:]))

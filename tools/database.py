"""Translations, roles, migrations and demonstration data: the steps that Django does."""

import os
from pathlib import Path

from tools.places import BIN, ROOT, VENV, var_dir
from tools.processes import answer, run, show
from tools.say import FailureError, line, skipped, step
from tools.servers import Servers
from tools.stamps import Stamp, digest

APPS = tuple(file.parent for file in sorted(ROOT.glob("*/apps.py")))
MANAGE = (str(BIN / "python"), str(ROOT / "manage.py"))
LOCKED = ROOT / "requirements" / "production.txt"


def compile_translations(servers: Servers) -> None:
    """Compile locale/ when one of its sources changed."""
    sources = sorted((ROOT / "locale").rglob("*.po"))
    stamp = Stamp(
        VENV / "stamps" / "translations",
        digest(sources),
        outputs=(ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo",),
    )
    if stamp.is_current():
        skipped("Translations")
        return
    with step("Translations", "compiling locale/"):
        run([*MANAGE, "compile_translations"], log="translations", environment=servers.environment)
    stamp.write()


def migrate(servers: Servers) -> None:
    """Create the roles and bring the tables up to date.

    Skipped when the sources are those of last time and the database is the very same; a server
    that is not ours is always asked.
    """
    stamp = Stamp(
        var_dir() / "stamps" / "database", digest(schema_sources(), str(servers.identity))
    )
    if servers.identity and stamp.is_current():
        skipped("Database")
        return
    stamp.clear()
    with step("Database", "roles and migrations"):
        for command in ("create_roles", "migrate"):
            run([*MANAGE, command], log=command, environment=servers.environment)
    stamp.write()


def migrated(servers: Servers) -> dict[str, str]:
    """Return what tells the tests the database that `migrate` has just brought up to date."""
    return {"MIGRATED_DATABASE": "portal"} if servers.identity else {}


def schema_sources() -> list[Path]:
    """Return what roles, tables and policies are made from, and what could change it."""
    return [
        *(
            file
            for app in APPS
            for pattern in ("migrations/*.py", "**/policies.py")
            for file in app.glob(pattern)
        ),
        *(ROOT / "core" / "tenancy").rglob("*.py"),
        LOCKED,
    ]


def load_demonstration(servers: Servers) -> str:
    """Load the demonstration, showing the command's own progress; return the table of logins.

    An interrupted load is taken up again by the command; a completed one is skipped.
    """
    sources = [ROOT / "portal" / "demo", *schema_sources()]
    key = digest(sources, str(servers.identity), os.environ.get("DEMO_PASSWORD", ""))
    logins = var_dir() / "demonstration-logins.txt"
    stamp = Stamp(var_dir() / "stamps" / "demonstration", key, outputs=(logins,))
    if servers.identity and stamp.is_current():
        skipped("Demonstration data")
        return logins.read_text()
    stamp.clear()
    line("Demonstration data")
    if code := show([*MANAGE, "load_demo"], environment=servers.environment):
        raise FailureError(
            f"The demonstration was not loaded (exit {code}); what is there is kept."
            " `make demo` goes on from there."
        )
    said = answer([*MANAGE, "demo_logins"], environment=servers.environment)
    logins.touch(mode=0o600)
    logins.write_text(said)
    stamp.write()
    return said

"""`make check`: everything that can be judged without running the portal."""

import base64
import json
import secrets

from tools.database import MANAGE
from tools.places import BIN
from tools.processes import show
from tools.say import line
from tools.servers import Servers


def run(servers: Servers) -> int:
    """Run all checks, say which found something, and return the exit code."""
    manage = list(MANAGE)
    checks: list[tuple[str, list[str], dict[str, str]]] = [
        ("format", [tool("ruff"), "format", "--check", "--quiet", "."], {}),
        ("lint", [tool("ruff"), "check", "--quiet", "."], {}),
        ("types", [tool("mypy")], {}),
        ("import order", [tool("lint-imports")], {}),
        ("templates", [tool("djlint"), "templates", "--lint", "--quiet"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        ("translations", [*manage, "check_translations"], {}),
        ("deployment", [*manage, "check", "--deploy", "--fail-level=WARNING"], production()),
    ]
    failed = []
    for name, words, extra in checks:
        line(f"== {name}")
        if show(words, environment={**servers.environment, **extra}):
            failed.append(name)
    line()
    line(f"Found something: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def tool(name: str) -> str:
    return str(BIN / name)


def production() -> dict[str, str]:
    """Return what production settings demand, with secrets made up for this one run."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SEAL_KEYS": json.dumps([{"id": "check-1", "algorithm": "aes-256-gcm", "key": key}]),
        "BLIND_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SIGNING_KEYS": json.dumps([{"id": "check-1", "key": key}]),
        "ALLOWED_HOSTS": "portal.example",
        "CSRF_TRUSTED_ORIGINS": "https://portal.example",
    }

"""Settings of a workplace and of the demonstration: embedded servers, secrets of its own."""

import json
import os
import secrets
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from portal.settings import environment
from portal.settings.base import *  # noqa: F403  (Django's usual layering of settings)
from portal.settings.base import STATIC_ROOT, STORAGES, VAR_DIR, use_redis


def _kept_secrets(path: Path) -> dict[str, str]:
    """Random secrets, made once and kept beside the data that they protect."""
    if not path.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SEAL_KEY": b64encode(secrets.token_bytes(32)).decode(),
            "BLIND_INDEX_KEY": b64encode(secrets.token_bytes(32)).decode(),
            "SIGNING_KEY": b64encode(secrets.token_bytes(32)).decode(),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(made), encoding="utf-8")
        try:
            # The first of several processes wins; a plain rename would let the last one win.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept


_secrets = _kept_secrets(VAR_DIR / "secrets.json")

DEBUG = environment.flag("DEBUG")
SECRET_KEY = _secrets["SECRET_KEY"]
SEAL_KEYS = [{"id": "local-1", "algorithm": "aes-256-gcm", "key": _secrets["SEAL_KEY"]}]
BLIND_INDEX_KEY = _secrets["BLIND_INDEX_KEY"]
# Secrets that were made before certificates were signed hold no key for it.
_signing = _secrets.get("SIGNING_KEY") or b64encode(sha256(SECRET_KEY.encode()).digest()).decode()
SIGNING_KEYS = [{"id": "local-1", "key": _signing}]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STAFF_TOTP_REQUIRED = environment.flag("STAFF_TOTP_REQUIRED", default=False)

DATABASES = {"default": environment.database(environment.text("DATABASE_URL", "postgresql:///"))}
if environment.text("DATABASE_OWNER_URL"):
    DATABASES["owner"] = environment.database(environment.text("DATABASE_OWNER_URL"))

globals().update(use_redis(environment.text("REDIS_URL", "redis://127.0.0.1:1/0")))

STORAGES = {
    **STORAGES,
    # Compressing a manifest takes a minute: releases only.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Under VAR_DIR/messages, for who tries the portal out to read.
MESSAGE_BACKEND = "core.messages.backends.FileBackend"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"

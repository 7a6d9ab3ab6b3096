"""Settings of a deployment: every secret comes from outside, and a missing one stops the start."""

import json

import sentry_sdk

from portal.settings import environment
from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES, VAR_DIR, use_redis
from portal.settings.storage import file_storage

DEBUG = False
SECRET_KEY = environment.required("SECRET_KEY")
SEAL_KEYS = json.loads(environment.required("SEAL_KEYS"))
BLIND_INDEX_KEY = environment.required("BLIND_INDEX_KEY")
SIGNING_KEYS = json.loads(environment.required("SIGNING_KEYS"))
# Only while `rotate_blind_index` makes all indexes anew.
BLIND_INDEX_OLD_KEY = environment.text("BLIND_INDEX_OLD_KEY")
ALLOWED_HOSTS = [host for host in environment.required("ALLOWED_HOSTS").split(",") if host]
CSRF_TRUSTED_ORIGINS = environment.listing("CSRF_TRUSTED_ORIGINS")

DATABASES = {
    "default": environment.database(
        environment.required("DATABASE_URL"), password=environment.text("DATABASE_PASSWORD")
    )
}
if environment.text("DATABASE_OWNER_URL"):
    # Only where migrations run; the web and the workers must not hold it.
    DATABASES["owner"] = environment.database(
        environment.text("DATABASE_OWNER_URL"),
        password=environment.text("DATABASE_OWNER_PASSWORD"),
    )

globals().update(use_redis(environment.required("REDIS_URL")))

STORAGES = {**STORAGES, "default": file_storage(VAR_DIR / "files")}

SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = environment.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)

if environment.text("MESSAGE_WEBHOOK_URL"):
    MESSAGE_BACKEND = "core.messages.backends.WebhookBackend"
    MESSAGE_WEBHOOK_URL = environment.text("MESSAGE_WEBHOOK_URL")
    MESSAGE_WEBHOOK_SECRET = environment.required("MESSAGE_WEBHOOK_SECRET")

if environment.text("SENTRY_DSN"):
    # Request bodies and names stay out: they hold personal data.
    sentry_sdk.init(
        dsn=environment.text("SENTRY_DSN"), send_default_pii=False, max_request_body_size="never"
    )

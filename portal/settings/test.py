"""Settings of the tests: as at a workplace, on a database that the owner creates.

The tests' connection logs in as the owner and then takes on the identity of the login role
(`tests.database`), so that every test meets the same policies as production.
"""

from portal.settings import environment
from portal.settings.local import *  # noqa: F403
from portal.settings.local import REST_FRAMEWORK

SECRET_KEY = "tests-only"  # noqa: S105
SEAL_KEYS = [
    {
        "id": "test-1",
        "algorithm": "aes-256-gcm",
        "key": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    }
]
SIGNING_KEYS = [
    {"id": "test-1", "key": "dGVzdHMtc2lnbi10ZXN0cy1zaWduLXRlc3RzLXNpZ24="},
]
BLIND_INDEX_KEY = "YmxpbmQtaW5kZXgtb2YtdGVzdHMtYmxpbmQtaW5kZXg="
DATABASES = {
    "default": {
        **environment.database(environment.text("DATABASE_OWNER_URL", "postgresql:///")),
        "CONN_MAX_AGE": 0,
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
REST_FRAMEWORK = {
    **REST_FRAMEWORK,
    "DEFAULT_THROTTLE_RATES": {"user": "100000/min", "anon": "100000/min"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Looks files up when asked for, instead of listing them for every test client.
WHITENOISE_AUTOREFRESH = True

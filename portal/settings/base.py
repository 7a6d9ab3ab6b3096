"""Settings that hold everywhere; `local`, `test` and `production` add what differs."""

from pathlib import Path

import django_stubs_ext
import pghistory
from django.utils.translation import gettext_lazy as _
from pgtrigger.core import Statement

from portal.settings import environment
from portal.settings.logs import logging_to_console
from portal.settings.schedule import SCHEDULE

# Generic classes such as CharField[str, str] can be subscripted at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(environment.text("VAR_DIR") or BASE_DIR / "var")

INSTALLED_APPS = [
    "portal",
    "incentives",
    "training",
    "volunteers",
    "organizations",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",  # asked for by allauth's page of security keys
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "guardian",
    "pgtrigger",
    "pghistory",
    "django_celery_beat",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tables2",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_structlog",
    "django_prometheus",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organizations.accounts.middleware.SessionGuardMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.methods.NotAllowedPageMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
    # Last, so that views and the rendering of their templates run inside the actor's scope
    # while sessions, messages and logs are written outside of it.
    "core.tenancy.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.shell.context_processors.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "organizations.accounts.adapters.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Locking out is django-axes' work: two limits at once answer with two different pages. A whole
# office may come from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "600/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "志愿服务管理系统"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
# Seconds without a request after which staff are asked to sign in again (GB/T 22239-2019, 8.1.4.1),
# and seconds after which a session ends whatever happens.
SESSION_IDLE_SECONDS = environment.number("SESSION_IDLE_SECONDS", 30 * 60)
SESSION_ABSOLUTE_SECONDS = environment.number("SESSION_ABSOLUTE_SECONDS", 12 * 60 * 60)
STAFF_TOTP_REQUIRED = environment.flag("STAFF_TOTP_REQUIRED", default=True)

# The committee scope.
SCOPE_RESOLVER = "organizations.accounts.scopes.scope_of_request"
SCOPE_STATEMENT_TIMEOUT_MS = environment.number("SCOPE_STATEMENT_TIMEOUT_MS", 15_000)
# Views under these routes log people in and out; they run without a scope, in autocommit.
SCOPE_IDENTITY_PREFIXES = ("/accounts/", "/healthz", "/readyz", "/metrics", "/i18n/")
# Below these whoever asks is a visitor, whether signed in or not.
SCOPE_PUBLIC_PREFIXES = ("/calls/", "/verify/")
# From one address; beyond it 429 until the minute is over.
PUBLIC_RATE_PER_MINUTE = environment.number("PUBLIC_RATE_PER_MINUTE", 600)

PGHISTORY_LEVEL = Statement
PGHISTORY_BASE_MODEL = "core.history.models.History"
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese (simplified)")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Shanghai")
FORMAT_MODULE_PATH = ["portal.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_BYTES = environment.number("UPLOAD_MAX_BYTES", 50 * 1024 * 1024)
# A photograph or a scanned sheet; what is kept of it is much smaller.
EVIDENCE_MAX_BYTES = environment.number("EVIDENCE_MAX_BYTES", 20 * 1024 * 1024)

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "organizations.accounts.authentication.TokenAuthentication",
        "organizations.accounts.authentication.ScopedSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["organizations.accounts.permissions.MayAct"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "core.web.api_description.DescribedSchema",
    "DEFAULT_PAGINATION_CLASS": "core.web.pagination.KeysetPagination",
    "PAGE_SIZE": 50,
    "EXCEPTION_HANDLER": "core.web.api_errors.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.UserRateThrottle",
        "rest_framework.throttling.AnonRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "user": environment.text("API_RATE_USER", "1200/min"),
        "anon": environment.text("API_RATE_ANONYMOUS", "60/min"),
    },
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Volunteer portal",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "ENUM_NAME_OVERRIDES": {
        "CommitteeKind": "organizations.committees.models.Kind",
        "ImportKind": "volunteers.imports.models.ImportKind",
        "ServiceKind": "volunteers.hours.models.ServiceKind",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
# Jobs may take minutes; what the clock rings for takes seconds and never waits behind them.
CELERY_TASK_DEFAULT_QUEUE = "clock"
CELERY_TASK_ROUTES = {"core.jobs.tasks.run_job": {"queue": "jobs"}}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_DB_REUSE_MAX = 100
# Python gives memory back late; a worker process that has done much is replaced by a fresh one.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB
# A request that rings a bell must not wait for a broker that is away.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE
# A job whose worker has not been heard of for so long is taken over by another one.
JOB_LEASE_SECONDS = environment.number("JOB_LEASE_SECONDS", 30)
JOB_HEARTBEAT_SECONDS = 1.0
# So long after a bell it counts as lost, and the sweeper rings again.
JOB_RING_AGAIN_SECONDS = 15
# So many workers may die over one job before it is given up.
JOB_MAX_WORKER_DEATHS = 25
# So long after their end jobs are listed; then they are deleted.
JOB_KEEP_DAYS = 90
# From a stored membership, or a volunteer's account, to an actor with its `scope`.
JOB_ACTOR_RESOLVER = "organizations.accounts.scopes.actor_for_membership_id"
JOB_VOLUNTEER_RESOLVER = "organizations.accounts.scopes.actor_for_volunteer_account"

# How messages leave for telephones (core/messages/backends.py).
MESSAGE_BACKEND = "core.messages.backends.NoBackend"
MESSAGE_WEBHOOK_URL = ""
MESSAGE_WEBHOOK_SECRET = ""

# Folders with fonts for print: the portal's own, then what a deployment adds, such as a font with
# rare characters. The system's own come last.
PDF_FONT_FOLDERS = [str(BASE_DIR / "build" / "fonts"), *environment.listing("PDF_FONT_FOLDERS")]

# What Prometheus sends; without one, /metrics does not exist.
METRICS_TOKEN = environment.text("METRICS_TOKEN")

PORTAL_PROVINCE = environment.text("PORTAL_PROVINCE", "44")

LOGGING = logging_to_console(environment.text("LOG_LEVEL", "INFO"))


def use_redis(address: str) -> dict[str, object]:
    """The settings that follow from the broker's address (``redis://`` or ``unix://``)."""
    broker = address.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    return {
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": address,
                "KEY_PREFIX": "portal",
            },
            # Of one web process: what a page may say some minutes late.
            "process": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "OPTIONS": {"MAX_ENTRIES": 5_000},
            },
        },
        "CELERY_BROKER_URL": broker,
    }

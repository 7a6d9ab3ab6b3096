"""As at a workplace, with one page more: the one that other pages are compared with."""

from portal.settings.local import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"

"""Which tests go to one process together, when several share them out.

Each test is dealt out alone, save those that share something dear to make. (The library's own mark
for that, ``xdist_group``, marks nothing under this version of pytest.)
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

__all__ = ["pytest_xdist_make_scheduler"]

# By the beginning of the path. Groups are dealt out first, the one of most tests before the others.
GROUPS = (
    "tests/browser/test_pages.py",  # what one role's pages showed need not be seen again
    "tests/core/workbooks/test_isolation.py",  # a large file
    "tests/faults/",  # the portal that is killed
    "tests/portal/servers/",  # a pair of servers for most of them
    "tests/tools/test_build_boundaries.py",  # the maps
)


class Sharing(LoadScopeScheduling):  # type: ignore[misc]
    """A test, or its whole group, at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for group in GROUPS if nodeid.startswith(group)), nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """Asked by the process that shares out."""
    return Sharing(config, log)

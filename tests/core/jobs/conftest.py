"""What the test-only kinds of jobs write into."""

from __future__ import annotations

import pytest
from django.db import connection

from core.tenancy.roles import Role
from tests.core.jobs import kinds
from tests.database import as_owner


@pytest.fixture
def job_lines(db: None) -> None:
    """An empty table job_lines, for every role."""
    roles = ", ".join(Role)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS job_lines (job bigint NOT NULL)")
        cursor.execute("TRUNCATE job_lines")
        cursor.execute(f"GRANT SELECT, INSERT ON job_lines TO {roles}")
    kinds.starts.clear()
    kinds.gates.clear()

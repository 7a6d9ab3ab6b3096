"""The demonstration's logins."""

from __future__ import annotations

import os
from dataclasses import dataclass

__all__ = ["CASHIER", "MEMBERS", "VOLUNTEER", "Login", "demo_password"]


@dataclass(frozen=True, slots=True)
class Login:
    """An account of the demonstration: login name, committee's code, role, what it is for."""

    username: str
    committee: str
    role: str
    name: str
    purpose: str


MEMBERS = (
    Login("province", "44", "secretary", "省级书记", "coverage and hours of the province"),
    Login("province-auditor", "44", "auditor", "省级督查员", "sees everything, changes nothing"),
    Login("city-4418", "4418", "officer", "清远市专干", "answers for its counties"),
    Login("county-441802", "441802", "secretary", "清城区书记", "confirms hours"),
    Login(
        "county-441802-recorder", "441802", "recorder", "清城区录入员", "imports and enters hours"
    ),
    Login("county-440606", "440606", "secretary", "顺德区书记", "confirms hours"),
    Login(
        "county-440606-recorder", "440606", "recorder", "顺德区录入员", "imports and enters hours"
    ),
    Login("township-440606103", "440606103", "officer", "乐从镇专干", "a township's one official"),
)
VOLUNTEER = "volunteer"
# Stands at a merchant's counter.
CASHIER = "cashier"


def demo_password() -> str:
    """``DEMO_PASSWORD``, or the one that the README tells."""
    return os.environ.get("DEMO_PASSWORD") or "volunteer-demo-2026"

"""The verbs of the door: somebody comes or goes; a device may scan."""

from volunteers.checkins.domain.devices import (
    Scanned,
    issue_device,
    revoke_device,
    scan_by_device,
)
from volunteers.checkins.domain.door import check_in, next_direction

__all__ = [
    "Scanned",
    "check_in",
    "issue_device",
    "next_direction",
    "revoke_device",
    "scan_by_device",
]

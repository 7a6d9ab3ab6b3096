"""Pages of the door, and of the devices that scan there."""

from volunteers.checkins.views.devices import list_devices, revoke
from volunteers.checkins.views.door import (
    come,
    lock,
    scan,
    show_code,
    show_door,
    show_own_code,
    unlock,
)

__all__ = [
    "come",
    "list_devices",
    "lock",
    "revoke",
    "scan",
    "show_code",
    "show_door",
    "show_own_code",
    "unlock",
]

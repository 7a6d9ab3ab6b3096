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
from volunteers.checkins.views.offline import (
    give_roster,
    send_manifest,
    send_worker,
    show_offline,
)

__all__ = [
    "come",
    "give_roster",
    "list_devices",
    "lock",
    "revoke",
    "scan",
    "send_manifest",
    "send_worker",
    "show_code",
    "show_door",
    "show_offline",
    "show_own_code",
    "unlock",
]

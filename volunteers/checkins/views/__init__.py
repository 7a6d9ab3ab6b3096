"""Pages of the door, and of the devices that scan there."""

from volunteers.checkins.views.devices import list_devices, revoke
from volunteers.checkins.views.door import (
    come,
    lock,
    scan,
    show_code,
    show_door,
    unlock,
)
from volunteers.checkins.views.offline import (
    give_roster,
    send_manifest,
    send_worker,
    show_offline,
)
from volunteers.checkins.views.pocket import list_codes, send_own_manifest, send_own_worker

__all__ = [
    "come",
    "give_roster",
    "list_codes",
    "list_devices",
    "lock",
    "revoke",
    "scan",
    "send_manifest",
    "send_own_manifest",
    "send_own_worker",
    "send_worker",
    "show_code",
    "show_door",
    "show_offline",
    "unlock",
]

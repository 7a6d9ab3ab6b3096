"""Devices that scan at a door: a token of their own, and what they send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.direct import ask_directly
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.scopes import token_digest
from volunteers.activities.domain import must_be
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.checkins.models import Direction, DoorDevice, Way
from volunteers.checkins.summary.signing import SIGNED

__all__ = ["Scanned", "issue_device", "revoke_device", "scan_by_device"]

# What was scanned without network is sent when there is some.
_SENT_WITHIN = timedelta(days=7)
_SCAN = "SELECT * FROM volunteers_scan(%s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of a scan: ``outcome`` is ``stored`` or the code of a refusal, with the rest
    empty then. The same nonce answers with what was stored first."""

    outcome: str
    checkin: int | None = None
    direction: str | None = None
    at: datetime | None = None
    name: str | None = None
    number: str | None = None


@transaction.atomic
def issue_device(
    activity: Activity, *, actor: Actor, name: str, signs: bool = False
) -> tuple[DoorDevice, str]:
    """A device for the doors of that activity, and its token, which is shown this once.

    Valid until a week after the last shift. ``signs``: its scans count only with the signature of
    `volunteers.checkins.summary.signing`. Raises `Refusal` without a name, for an activity that is
    not published and for one without shifts.
    """
    actor.must("activities.write")
    must_be(activity, ActivityState.PUBLISHED)
    last = Shift.objects.filter(activity=activity).aggregate(last=Max("ends_at"))["last"]
    if not name.strip():
        raise Refusal(_("Give the device a name."), code="name", field="name")
    if last is None or actor.membership is None:
        raise Refusal(_("Add a shift first."), code="no_shift")
    token = f"{SIGNED if signs else ''}{token_urlsafe(32)}"
    device = DoorDevice.objects.create(
        committee_id=activity.committee_id,
        activity=activity,
        name=name.strip()[:40],
        digest=token_digest(token),
        membership=actor.membership,
        epoch=actor.membership.user.session_epoch,
        issued_by_label=actor.label,
        expires_at=last + _SENT_WITHIN,
    )
    return device, token


@transaction.atomic
def revoke_device(device: DoorDevice, *, actor: Actor) -> None:
    """Its token scans nothing from now on; what it has scanned stays."""
    actor.must("activities.write")
    locked = DoorDevice.objects.select_for_update().get(pk=device.pk)
    if locked.revoked_at is None:
        locked.revoked_at, locked.revoked_by_label = timezone.now(), actor.label
        locked.save(update_fields=["revoked_at", "revoked_by_label"])


def scan_by_device(
    token: str, *, signup: int, nonce: UUID, direction: Direction, at: datetime, way: Way
) -> Scanned:
    """Stores a scan once, in one statement on a connection of its own, outside of any scope.

    The function of the database finds the device by the token's digest and reaches that device's
    activity alone; docs/decisions/0018-devices.md says why it is none of the actor roles.
    """
    parameters = [token_digest(token), signup, nonce, direction.value, at, way.value]
    return Scanned(*ask_directly(_SCAN, parameters))

"""Scans that devices send."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.web.direct import Answer, refused_answer, token_given
from volunteers.checkins.domain import Scanned, scan_by_device
from volunteers.checkins.models import Direction, Way
from volunteers.checkins.summary.codes import signup_of_code
from volunteers.checkins.summary.signing import is_signed_if_it_must

__all__ = ["CheckInView", "answer_scan"]

_SCHEME = "Device"
# Of a device, nobody scans the own code.
_WAYS = {Way.DESK_SCAN.value: Way.DESK_SCAN, Way.KIOSK.value: Way.KIOSK}
_DIRECTIONS = {each.value: each for each in Direction}


class Scan(serializers.Serializer[dict[str, Any]]):
    """What a device sends: ``token`` is the code that the volunteer shows."""

    token = serializers.CharField(help_text="The code that the volunteer shows.")
    nonce = serializers.UUIDField(help_text="Chosen by the device; sent twice, it is one scan.")
    direction = serializers.ChoiceField(choices=Direction.choices)
    at = serializers.DateTimeField(help_text="The device's clock, with its zone.")
    signature = serializers.CharField(required=False, help_text="Of tokens that sign.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``source`` is an attribute of every field."""
        sources = serializers.ChoiceField(choices=[(each, each) for each in _WAYS])
        return {**super().get_fields(), "source": sources}


class StoredScan(serializers.Serializer[dict[str, Any]]):
    """The scan as it was stored when its nonce came first."""

    id = serializers.IntegerField()
    nonce = serializers.UUIDField()
    direction = serializers.ChoiceField(choices=Direction.choices)
    at = serializers.DateTimeField()
    volunteer_name = serializers.CharField()
    volunteer_number = serializers.CharField()


class CheckInView(APIView):
    """One scan of a device.

    The device's own token goes into ``Authorization: Device …``; no session and no other token is
    looked at. A token that begins with ``signed-`` sends ``signature`` too: HMAC-SHA256, as base64,
    over nonce, token, direction, at and source, one a line. Refusals: ``revoked``,
    ``bad_signature`` (403), ``already_in``, ``not_signed_up``, ``wrong_activity``,
    ``too_early``, ``too_late``, ``not_open``, ``ahead``, ``nonce_taken`` (409).
    """

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    @extend_schema(request=Scan, responses={201: StoredScan})
    def post(self, request: Request) -> Response:
        """Stores the scan once."""
        header = request.headers.get("Authorization", "")
        answer = answer_scan(header, request._request.body)
        return Response(answer.said, status=answer.status)


def answer_scan(authorization: str, body: bytes) -> Answer:
    """The answer to a scan, from the header and the body as they came."""
    token = token_given(authorization, _SCHEME)
    try:
        sent = json.loads(body)
        said, is_signed = _read(sent), is_signed_if_it_must(token, sent)
    except (ValueError, TypeError, KeyError, AttributeError):
        message = _("Send token, nonce, direction, at with its zone, and source as JSON.")
        return refused_answer(status.HTTP_400_BAD_REQUEST, "invalid", message)
    if not token:
        return _of_outcome("revoked")
    if not is_signed:
        return _of_outcome("bad_signature")
    scanned = scan_by_device(token, **said)
    if scanned.outcome != "stored":
        return _of_outcome(scanned.outcome)
    return Answer(status.HTTP_201_CREATED, _stored(scanned, said["nonce"]))


def _read(sent: Any) -> dict[str, Any]:
    """What was sent, in the portal's types; what is none of them raises one of four errors."""
    at = datetime.fromisoformat(sent["at"])
    if at.tzinfo is None:
        raise ValueError(at)
    return {
        "signup": signup_of_code(sent["token"]) or 0,
        "nonce": UUID(sent["nonce"]),
        "direction": _DIRECTIONS[sent["direction"]],
        "at": at,
        "way": _WAYS[sent["source"]],
    }


def _stored(scanned: Scanned, nonce: UUID) -> dict[str, Any]:
    return {
        "id": scanned.checkin,
        "nonce": str(nonce),
        "direction": scanned.direction,
        "at": scanned.at and timezone.localtime(scanned.at).isoformat(),
        "volunteer_name": scanned.name,
        "volunteer_number": scanned.number,
    }


def _of_outcome(outcome: str) -> Answer:
    is_barred = outcome in {"revoked", "bad_signature"}
    code = status.HTTP_403_FORBIDDEN if is_barred else status.HTTP_409_CONFLICT
    return refused_answer(code, outcome, _sentences()[outcome])


def _sentences() -> dict[str, str]:
    return {
        "revoked": _("This device may not scan any more. Ask the organiser for a new token."),
        "bad_signature": _("This scan was not made by this device, or was changed since."),
        "already_in": _("This person is in already."),
        "not_signed_up": _("Nobody with a place has this code."),
        "wrong_activity": _("This code is of another activity."),
        "too_early": _("The door opens an hour before the shift."),
        "too_late": _("The shift is over. The organiser enters what is missing."),
        "not_open": _("This activity is not open."),
        "ahead": _("The clock of this device runs ahead. Set it, then scan again."),
        "nonce_taken": _("This nonce belongs to another scan."),
    }

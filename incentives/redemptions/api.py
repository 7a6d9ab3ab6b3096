"""Redemptions that a merchant's own till sends."""

from __future__ import annotations

import json
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
from incentives.redemptions.domain import Redeemed, redeem_by_till
from incentives.redemptions.summary.sentences import sentence_of

__all__ = ["RedemptionView", "answer_redemption"]

_SCHEME = "Till"


class Asked(serializers.Serializer[dict[str, Any]]):
    """What a till sends."""

    code = serializers.CharField(help_text="The sixteen letters and digits that are shown.")
    offer = serializers.IntegerField()
    nonce = serializers.UUIDField(help_text="Chosen by the till; sent twice, it is one redemption.")


class Stored(serializers.Serializer[dict[str, Any]]):
    """The redemption as it was stored when its nonce came first; never whose it is."""

    id = serializers.IntegerField()
    nonce = serializers.UUIDField()
    offer = serializers.IntegerField()
    title = serializers.CharField()
    stars = serializers.IntegerField()
    late = serializers.BooleanField()
    at = serializers.DateTimeField()


class RedemptionView(APIView):
    """One redemption of a till.

    The till's own token goes into ``Authorization: Till …``; no session and no other token is
    looked at. Refusals: ``revoked`` (403), ``merchant_paused``, ``not_offered``, ``not_today``,
    ``code_expired``, ``code_used``, ``not_for_you``, ``too_few_stars``, ``too_few_hours``,
    ``day_limit``, ``month_limit``, ``person_limit``, ``sold_out``, ``nonce_taken`` (409).
    """

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()

    @extend_schema(request=Asked, responses={201: Stored})
    def post(self, request: Request) -> Response:
        """Redeems once."""
        header = request.headers.get("Authorization", "")
        answer = answer_redemption(header, request._request.body)
        return Response(answer.said, status=answer.status)


def answer_redemption(authorization: str, body: bytes) -> Answer:
    """The answer to a redemption, from the header and the body as they came."""
    try:
        sent = json.loads(body)
        code, offer, nonce = str(sent["code"]), _key(sent["offer"]), UUID(sent["nonce"])
    except (ValueError, TypeError, KeyError, AttributeError):
        message = _("Send code, offer and nonce as JSON.")
        return refused_answer(status.HTTP_400_BAD_REQUEST, "invalid", message)
    token = token_given(authorization, _SCHEME)
    said = redeem_by_till(token, code=code, offer=offer, nonce=nonce)
    if said.outcome == "redeemed":
        return Answer(status.HTTP_201_CREATED, _stored(said, offer, nonce))
    barred = said.outcome == "revoked"
    answer = status.HTTP_403_FORBIDDEN if barred else status.HTTP_409_CONFLICT
    return refused_answer(answer, said.outcome, sentence_of(said.outcome))


def _key(sent: object) -> int:
    if not isinstance(sent, int) or not 0 <= sent < 2**63:
        raise ValueError(sent)
    return sent


def _stored(said: Redeemed, offer: int, nonce: UUID) -> dict[str, Any]:
    return {
        "id": said.redemption,
        "nonce": str(nonce),
        "offer": offer,
        "title": said.title,
        "stars": said.stars,
        "late": said.is_late,
        "at": said.at and timezone.localtime(said.at).isoformat(),
    }

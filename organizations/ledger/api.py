"""Coverage, for programs."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from organizations.ledger.queries import Coverage, coverage

__all__ = ["CoverageView"]


class CoverageQuery(serializers.Serializer[dict[str, Any]]):
    """Which committee, on which day: by default one's own, today."""

    committee = serializers.CharField(required=False)
    on = serializers.DateField(required=False)


class CoverageFigures(serializers.Serializer[Coverage]):
    """A committee's figures; rates are fractions with four decimals, null without counties."""

    committee = serializers.CharField(source="code")
    name = serializers.CharField()
    level = serializers.CharField()
    counties = serializers.IntegerField()
    established = serializers.IntegerField()
    standardised = serializers.IntegerField()
    established_rate = serializers.FloatField(allow_null=True)
    standardised_rate = serializers.FloatField(allow_null=True)


class CoverageAnswer(CoverageFigures):
    """With the committees one level down."""

    as_of = serializers.DateField(source="on")
    children = CoverageFigures(many=True)


class CoverageView(APIView):
    """Counties with an organisation, and with a standardised one, over those that exist."""

    action_needed = "coverage.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("committee", str, description="Code; by default the own committee"),
            OpenApiParameter("on", str, description="A day, YYYY-MM-DD; by default today"),
        ],
        responses=CoverageAnswer,
    )
    def get(self, request: Request) -> Response:
        """The committee's figures on that day, and those of each right below it."""
        query = CoverageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        own = actor_of(request._request).scope.committee
        code = query.validated_data.get("committee")
        committees = Committee.objects.below(own)
        named = committees.filter(code=code) if code else committees.filter(path=own)
        committee = get_object_or_404(named)
        on = query.validated_data.get("on", timezone.localdate())
        return Response(CoverageAnswer(coverage(path=committee.path, on=on)).data)

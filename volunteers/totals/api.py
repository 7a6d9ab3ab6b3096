"""Hours by committee, month or kind, for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from organizations.accounts.scopes import actor_of, committee_in_reach
from organizations.committees.models import Committee
from volunteers.hours.models import ServiceKind
from volunteers.totals.queries import Figures, counted_until
from volunteers.totals.summary import Span, by_committee, by_kind, by_month, overall

__all__ = ["HoursSummaryView"]

# People of several months are counted from their records: what is asked must end somewhere.
MONTHS_ASKED = 120


class MonthField(serializers.Field[date, str, str, Any]):
    """A month as ``2026-05``; its value is the first day."""

    def to_internal_value(self, data: str) -> date:
        """Reads ``YYYY-MM``."""
        try:
            return datetime.strptime(f"{data}-01", "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError as error:
            message = _("Write the month as YYYY-MM, such as 2026-05.")
            raise serializers.ValidationError(message) from error

    def to_representation(self, value: date) -> str:
        """Writes ``YYYY-MM``."""
        return f"{value:%Y-%m}"


class SummaryQuery(serializers.Serializer[dict[str, Any]]):
    """What is asked for."""

    committee = serializers.CharField()
    by = serializers.ChoiceField(choices=["committee", "month", "kind"], default="committee")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``from`` is a word of Python and cannot be an attribute."""
        return {**super().get_fields(), "from": MonthField(), "to": MonthField()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The span must not run backwards, nor for longer than `MONTHS_ASKED`."""
        if attrs["to"] < attrs["from"]:
            raise serializers.ValidationError({"to": _("The last month lies before the first.")})
        first, last = attrs["from"], attrs["to"]
        if (last.year - first.year) * 12 + last.month - first.month >= MONTHS_ASKED:
            raise serializers.ValidationError({"to": _("Ask for ten years at most.")})
        return attrs


class SummaryRow(serializers.Serializer[dict[str, Any]]):
    """One committee, month or kind."""

    key = serializers.CharField()
    name = serializers.CharField()
    minutes = serializers.IntegerField()
    records = serializers.IntegerField()
    volunteers = serializers.IntegerField()


class Summary(serializers.Serializer[dict[str, Any]]):
    """The answer."""

    minutes = serializers.IntegerField()
    records = serializers.IntegerField()
    volunteers = serializers.IntegerField()
    as_of = serializers.DateTimeField()
    rows = SummaryRow(many=True)


class HoursSummaryView(APIView):
    """Confirmed hours of a committee with everything below it."""

    action_needed = "dashboard.view"

    @extend_schema(
        parameters=[
            OpenApiParameter("committee", str, required=True),
            OpenApiParameter("from", str, required=True, description="YYYY-MM"),
            OpenApiParameter("to", str, required=True, description="YYYY-MM"),
            OpenApiParameter("by", str, enum=["committee", "month", "kind"]),
        ],
        responses=Summary,
    )
    def get(self, request: Request) -> Response:
        """Sums over the months asked for, and rows by committee one level down, month or kind."""
        query = SummaryQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        actor = actor_of(request._request)
        committee = committee_in_reach(asked["committee"], actor=actor)
        span = Span(committee.path, asked["from"], asked["to"])
        rows = {"committee": _committees, "month": _months, "kind": _kinds}[asked["by"]](span)
        return Response({**_figures(overall(span)), "as_of": counted_until(), "rows": list(rows)})


def _figures(figures: Figures) -> dict[str, int]:
    return {
        "minutes": figures.minutes,
        "records": figures.records,
        "volunteers": figures.volunteers,
    }


def _committees(span: Span) -> Iterable[dict[str, Any]]:
    found = by_committee(span)
    for committee in Committee.objects.filter(path__in=found).order_by("code"):
        yield {
            "key": committee.code,
            "name": committee.name,
            **_figures(found[committee.path]),
        }


def _months(span: Span) -> Iterable[dict[str, Any]]:
    for month, figures in by_month(span).items():
        yield {"key": f"{month:%Y-%m}", "name": f"{month:%Y-%m}", **_figures(figures)}


def _kinds(span: Span) -> Iterable[dict[str, Any]]:
    for kind, figures in sorted(by_kind(span).items()):
        yield {"key": kind, "name": ServiceKind(kind).label, **_figures(figures)}

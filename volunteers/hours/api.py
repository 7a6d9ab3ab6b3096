"""Service records for programs."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from organizations.ledger.models import Organization
from volunteers.hours.domain import Stretch, confirm_hours, record_hours, void_hours
from volunteers.hours.models import RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet, clock_of
from volunteers.registry.models import Volunteer

__all__ = ["ServiceRecordViewSet"]

IDEMPOTENCY_HEADER = "Idempotency-Key"


class ServiceRecordSerializer(serializers.ModelSerializer[ServiceRecord]):
    """A record as it stands. ``start`` and ``end`` are null where only the minutes are known."""

    committee = serializers.CharField(source="committee.code")
    volunteer = serializers.IntegerField(source="volunteer_id")
    organization = serializers.IntegerField(source="organization_id", allow_null=True)
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)
    sheet = serializers.IntegerField(source="sheet_id")
    recorded_by = serializers.CharField(source="recorded_by_label")
    confirmed_by = serializers.CharField(source="confirmed_by_label")
    start = serializers.SerializerMethodField()
    end = serializers.SerializerMethodField()

    class Meta:
        model = ServiceRecord
        fields = [
            "id",
            "committee",
            "volunteer",
            "volunteer_number",
            "volunteer_name",
            "organization",
            "activity_title",
            "kind",
            "served_on",
            "start",
            "end",
            "minutes",
            "note",
            "source",
            "state",
            "sheet",
            "recorded_by",
            "recorded_at",
            "confirmed_by",
            "confirmed_at",
            "void_reason",
            "replaces",
        ]
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "time", "nullable": True})
    def get_start(self, record: ServiceRecord) -> str | None:
        """``14:00``."""
        return clock_of(record.during)[0] or None

    @extend_schema_field({"type": "string", "format": "time", "nullable": True})
    def get_end(self, record: ServiceRecord) -> str | None:
        """``16:00``."""
        return clock_of(record.during)[1] or None


class NewServiceRecord(serializers.Serializer[dict[str, Any]]):
    """What a new record takes: ``start`` and ``end``, or ``minutes``, or both with a break."""

    volunteer = serializers.CharField(help_text="The volunteer's portal number, or id.")
    activity_title = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=ServiceKind.choices, default=ServiceKind.OTHER)
    organization = serializers.PrimaryKeyRelatedField(
        queryset=Organization.objects.all(), required=False, allow_null=True, default=None
    )
    served_on = serializers.DateField()
    start = serializers.TimeField(required=False, allow_null=True, default=None)
    end = serializers.TimeField(required=False, allow_null=True, default=None)
    minutes = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=1440
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    evidence = serializers.CharField(
        max_length=300, help_text="What proves the service, such as a sign-in sheet."
    )
    draft = serializers.BooleanField(default=False)
    nonce = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text=f"Sent twice, it is stored once. The header {IDEMPOTENCY_HEADER} does the same.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A stretch that cannot be is bad input, not a conflict."""
        when = Stretch(
            served_on=attrs.pop("served_on"),
            start=attrs.pop("start"),
            end=attrs.pop("end"),
            minutes=attrs.pop("minutes"),
        )
        try:
            when.check()
        except Refusal as refused:
            raise serializers.ValidationError({refused.field: str(refused)}, refused.code) from None
        return {**attrs, "when": when}


class VoidReason(serializers.Serializer[dict[str, Any]]):
    """Why a record does not count."""

    reason = serializers.CharField(max_length=200)


class RecordFilters(serializers.Serializer[dict[str, Any]]):
    """What a list may be narrowed by."""

    committee = serializers.CharField(required=False)
    volunteer = serializers.CharField(required=False)
    state = serializers.ChoiceField(choices=RecordState.choices, required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """``from`` is a word of Python and cannot be an attribute."""
        return {
            **super().get_fields(),
            "from": serializers.DateField(required=False),
            "to": serializers.DateField(required=False),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The days must not run backwards."""
        if "from" in attrs and "to" in attrs and attrs["to"] < attrs["from"]:
            raise serializers.ValidationError({"to": _("The last day lies before the first.")})
        return attrs


class ServiceRecordViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet[ServiceRecord],
):
    """Service records of the committee one acts for and everything below it, newest first."""

    serializer_class = ServiceRecordSerializer
    queryset = ServiceRecord.objects.all()
    lookup_value_regex = "[0-9]+"
    actions_needed = {
        "list": "hours.view",
        "retrieve": "hours.view",
        "create": "hours.record",
        "confirm": "hours.confirm",
        "void": "hours.void",
    }

    def get_queryset(self) -> ServiceRecordQuerySet:
        """What the policies show. Committees come in a query of their own, which keeps it cheap."""
        records = ServiceRecord.objects.prefetch_related("committee")
        return self._narrowed(records) if self.action == "list" else records

    @extend_schema(
        parameters=[
            OpenApiParameter("committee", str, description="Code; with everything below it."),
            OpenApiParameter("volunteer", str, description="Portal number or id."),
            OpenApiParameter("state", str, enum=RecordState.values),
            OpenApiParameter("from", str, description="First day of service, YYYY-MM-DD."),
            OpenApiParameter("to", str, description="Last day of service, YYYY-MM-DD."),
        ]
    )
    def list(self, request: Request) -> Response:
        """Records, newest entry first."""
        return super().list(request)

    @extend_schema(
        request=NewServiceRecord,
        responses={201: ServiceRecordSerializer},
        parameters=[OpenApiParameter(IDEMPOTENCY_HEADER, str, OpenApiParameter.HEADER)],
    )
    def create(self, request: Request) -> Response:
        """Enters a record afterwards; it awaits a second person. Overlaps answer 409."""
        given = NewServiceRecord(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        values["nonce"] = values["nonce"] or self._nonce_of_header()
        volunteer = _volunteer_called(values.pop("volunteer"))
        if volunteer is None:
            raise NotFound(_("No volunteer of your committee has this number."))
        record = record_hours(actor=self._actor, volunteer=volunteer, **values)
        return self._answer(record, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=ServiceRecordSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, **_kwargs: str) -> Response:
        """Counts the record. Who entered it is answered 409."""
        record = self.get_object()
        confirm_hours(ServiceRecord.objects.filter(pk=record.pk), actor=self._actor)
        return self._answer(record)

    @extend_schema(request=VoidReason, responses=ServiceRecordSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **_kwargs: str) -> Response:
        """Takes the record out of the count, with a reason."""
        record = self.get_object()
        given = VoidReason(data=request.data)
        given.is_valid(raise_exception=True)
        reason = given.validated_data["reason"]
        void_hours(ServiceRecord.objects.filter(pk=record.pk), actor=self._actor, reason=reason)
        return self._answer(record)

    @property
    def _actor(self) -> Actor:
        return actor_of(self.request._request)

    def _narrowed(self, records: ServiceRecordQuerySet) -> ServiceRecordQuerySet:
        filters = RecordFilters(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        asked = filters.validated_data
        if "committee" in asked:
            own = Committee.objects.below(self._actor.scope.committee)
            records = records.below(get_object_or_404(own, code=asked["committee"]).path)
        if "volunteer" in asked:
            records = _of_volunteer(records, asked["volunteer"])
        if "state" in asked:
            records = records.filter(state=asked["state"])
        if "from" in asked:
            records = records.filter(served_on__gte=asked["from"])
        if "to" in asked:
            records = records.filter(served_on__lte=asked["to"])
        return records

    def _answer(self, record: ServiceRecord, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.get_queryset().get(pk=record.pk)
        return Response(self.get_serializer(fresh).data, status=code)

    def _nonce_of_header(self) -> UUID | None:
        key = self.request.headers.get(IDEMPOTENCY_HEADER, "").strip()
        # Keys are the sender's own; two senders may choose the same.
        return uuid5(NAMESPACE_URL, f"{self._actor.scope.user}:{key}") if key else None


def _of_volunteer(records: ServiceRecordQuerySet, called: str) -> ServiceRecordQuerySet:
    volunteer = _volunteer_called(called)
    if volunteer:
        return records.filter(volunteer=volunteer)
    # A visitor is registered out of sight; the records that one keeps name the number.
    return records.filter(volunteer_number=called)


def _volunteer_called(number_or_id: str) -> Volunteer | None:
    found = Volunteer.objects.filter(number=number_or_id).first()
    if found is None and number_or_id.isascii() and number_or_id.isdecimal():
        found = Volunteer.objects.filter(pk=int(number_or_id)).first()
    return found

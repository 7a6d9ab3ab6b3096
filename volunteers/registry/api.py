"""Volunteers, for programs: masks only, whoever asks."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets

from core.web.pagination import KeysetPagination
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.registry.queries import VolunteerQuerySet
from volunteers.registry.summary import volunteers_matching

__all__ = ["VolunteerViewSet"]


class VolunteerSerializer(serializers.ModelSerializer[Volunteer]):
    """``committee`` is a code, ``age`` in full years today; identifiers come as masks."""

    committee = serializers.SlugRelatedField(slug_field="code", read_only=True)  # type: ignore[var-annotated]
    age = serializers.IntegerField(read_only=True)

    class Meta:
        model = Volunteer
        fields = [
            "id",
            "number",
            "name",
            "gender",
            "age",
            "committee",
            "state",
            "registered_on",
            "identity_mask",
            "phone_mask",
        ]
        read_only_fields = fields


class VolunteerQuery(serializers.Serializer[dict[str, Any]]):
    """What a list may be narrowed by."""

    committee = serializers.CharField(required=False)
    state = serializers.ChoiceField(choices=VolunteerState.choices, required=False)
    q = serializers.CharField(required=False, max_length=50)


class VolunteerViewSet(viewsets.ReadOnlyModelViewSet[Volunteer]):
    """Volunteers of one's own committee and those below it, newest first."""

    action_needed = "volunteers.view"
    serializer_class = VolunteerSerializer
    pagination_class = KeysetPagination
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Volunteer.objects.none()

    def get_queryset(self) -> VolunteerQuerySet:
        """Within the own committee; the list is narrowed by the address."""
        own = actor_of(self.request._request).scope.committee
        if self.action == "list":
            return self._narrowed(own).with_committee()
        return Volunteer.objects.below(own).with_committee()

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "committee", str, description="Code of a committee at or below one's own"
            ),
            OpenApiParameter("state", str, enum=VolunteerState.values),
            OpenApiParameter(
                "q",
                str,
                description="Beginning of a name or its pinyin, or a whole number of any kind",
            ),
        ]
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """A page; follow ``next``."""
        return super().list(request, *args, **kwargs)

    def _narrowed(self, own: str) -> VolunteerQuerySet:
        query = VolunteerQuery(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        path = own
        if "committee" in asked:
            path = get_object_or_404(Committee.objects.below(own), code=asked["committee"]).path
        found = volunteers_matching(asked.get("q", ""), below=path)
        return found.in_state(asked["state"]) if "state" in asked else found

"""Committees at or below one's own, for programs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets

from core.web.pagination import KeysetPagination
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee, Level
from organizations.committees.queries import CommitteeQuerySet

__all__ = ["CommitteeViewSet"]


class CommitteeSerializer(serializers.ModelSerializer[Committee]):
    """``code`` names a committee everywhere; ``parent`` is the code of the one above."""

    # Every serializer field has an attribute of this name; a declared field is none.
    parent = serializers.SlugRelatedField(  # type: ignore[assignment,var-annotated]
        slug_field="code", read_only=True
    )

    class Meta:
        model = Committee
        fields = [
            "code",
            "name",
            "level",
            "parent",
            "full_name",
            "kind",
            "opened_on",
            "closed_on",
            "phone",
            "office_hours",
        ]
        read_only_fields = fields


class CommitteePages(KeysetPagination):
    """In the order of the tree: every committee after the one it belongs to."""

    ordering = "path"
    max_page_size = 2000


class CommitteeFilters(serializers.Serializer[dict[str, Any]]):
    """What a list may be narrowed by."""

    q = serializers.CharField(required=False, max_length=50)
    parent = serializers.CharField(required=False)  # type: ignore[assignment]
    level = serializers.ChoiceField(choices=Level.choices, required=False)


class CommitteeViewSet(viewsets.ReadOnlyModelViewSet[Committee]):
    """Committees at or below the own one; what lies elsewhere is not found.

    The list holds those that exist today, one alone may also be closed.
    """

    action_needed = "committees.view"
    serializer_class = CommitteeSerializer
    pagination_class = CommitteePages
    lookup_field = "code"
    lookup_value_regex = "[0-9A-Za-z_-]+"
    queryset = Committee.objects.none()

    def get_queryset(self) -> CommitteeQuerySet:
        """Below the own committee, whatever the policies let one see above it."""
        actor = actor_of(self.request._request)
        found = Committee.objects.below(actor.scope.committee).select_related("parent")
        return self._narrowed(found) if self.action == "list" else found

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Beginning of name, pinyin, initials or code"),
            OpenApiParameter("parent", str, description="Code of the committee right above"),
            OpenApiParameter("level", str, enum=Level.values),
        ]
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Those that exist today, in the order of the tree."""
        return super().list(request, *args, **kwargs)

    def _narrowed(self, found: CommitteeQuerySet) -> CommitteeQuerySet:
        filters = CommitteeFilters(data=self.request.query_params)
        filters.is_valid(raise_exception=True)
        asked = filters.validated_data
        found = found.existing_on(timezone.localdate())
        if "q" in asked:
            found = found.called(asked["q"])
        if "parent" in asked:
            found = found.filter(parent__code=asked["parent"])
        if "level" in asked:
            found = found.filter(level=asked["level"])
        return found

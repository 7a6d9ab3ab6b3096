"""The API asks the same access table as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from organizations.accounts.scopes import actor_of

if TYPE_CHECKING:
    # DRF's views load this module while they are being loaded themselves.
    from rest_framework.views import APIView

__all__ = ["MayAct"]


class MayAct(BasePermission):
    """A view names its action in ``action_needed``, or per viewset action in ``actions_needed``.

    A view that names none is refused: forgetting it must not open anything.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the actor may attempt the view's action."""
        actor = actor_of(request._request)
        if actor.user is None:
            return False
        needed = needed_action(view)
        return bool(needed) and actor.may(needed)


def needed_action(view: APIView) -> str:
    """The access table's name of what the view does; empty when it names nothing."""
    by_name: dict[str, str] = getattr(view, "actions_needed", {})
    name: str | None = getattr(view, "action", None)
    return by_name.get(name or "", getattr(view, "action_needed", ""))

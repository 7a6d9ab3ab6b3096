"""Every address of the portal, with what its view says it is for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

__all__ = ["Address", "addresses"]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the resolver.

    ``action`` is the access table's name of what the view does. For the API, ``actions`` gives it
    by method, and a method that stands there not at all is refused before it is looked for.
    """

    name: str
    route: str
    action: str = ""
    actions: Mapping[str, str] = field(default_factory=dict)
    public_because: str = ""

    @property
    def declared(self) -> bool:
        """Whether the view says at all who it is for."""
        return bool(self.action or self.actions or self.public_because)

    def action_of(self, method: str) -> str:
        """The action that is asked before the view runs; empty when the method is nobody's."""
        return self.actions.get(method, self.action)


def addresses(urlconf: str | None = None) -> Iterator[Address]:
    """All patterns of the URLconf, included ones with their namespaces."""
    yield from _walk(get_resolver(urlconf), "", ())


def _walk(resolver: URLResolver, route: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, here, inside)
        else:
            yield _address(pattern, here, spaces)


def _address(pattern: URLPattern, route: str, spaces: tuple[str, ...]) -> Address:
    view: Callable[..., Any] = pattern.callback
    api: Any = getattr(view, "cls", None) or getattr(view, "view_class", None)
    by_name: Mapping[str, str] = getattr(api, "actions_needed", {})
    routed: Mapping[str, str] = getattr(view, "actions", None) or {}
    return Address(
        name=":".join((*spaces, pattern.name or "")),
        route=route,
        action=getattr(view, "action", "") or getattr(api, "action_needed", ""),
        actions={
            method.upper(): by_name[name] for method, name in routed.items() if name in by_name
        },
        public_because=getattr(view, "public_because", ""),
    )

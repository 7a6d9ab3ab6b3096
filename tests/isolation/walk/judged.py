"""How one address is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.isolation.walk.names import (
    Named,
)
from tests.isolation.walk.things import Walked

__all__ = ["REFUSED", "Judged", "deed", "form", "page"]

# A redirect that carries an error message: the verb said no.
REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One address: its action, and what it answers to who may.

    ``names`` fills the address from a place, ``personal`` from a login name, where the thing is
    one person's; ``elsewhere`` is the answer when it is a foreign one. ``data`` makes the body and
    ``foreign`` is the answer to one that names something of another place, where the address
    itself names nothing.
    ``needs`` is the action that the verb asks for when the view only asked to look.
    ``asks`` are query strings, with their answer, that try to get at other places' rows.
    """

    name: str
    action: str
    get: str = ""
    post: str = ""
    names: Named | None = None
    personal: Callable[[Walked, str], dict[str, Any]] | None = None
    elsewhere: str = "404"
    data: Named | None = None
    json: bool = False
    foreign: str = "422"
    needs: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)
    # (login name, method) → (answer to the own thing, reason)
    except_for: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        """Programs are told 401 instead of being sent to the login page."""
        return self.name.startswith("api:")


def page(name: str, action: str, names: Named | None = None, **more: Any) -> Judged:
    return Judged(name=name, action=action, names=names, **{"get": "200", **more})


def deed(name: str, action: str, names: Named | None = None, **more: Any) -> Judged:
    return Judged(name=name, action=action, names=names, **{"post": "302", **more})


def form(name: str, action: str, names: Named | None = None, **more: Any) -> Judged:
    return Judged(name=name, action=action, names=names, **{"get": "200", "post": "302", **more})

"""Rules on the rooms of a topic and on who imports whom."""

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

import grimp

from tests.architecture.finding import Finding

__all__ = ["circles", "doors_of_other_topics", "project_graph", "unknown_rooms"]

_ROOMS = {
    "api", "domain", "forms", "imports", "models", "policies", "queries", "tasks", "urls", "views",
}  # fmt: skip
# Beside a topic's layers; each is here because no layer is its place.
_SIDE_ROOMS = {
    "access": "the table of role and action",
    "actors": "who acts, in which role, for which committee",
    "adapters": "what allauth lets a project decide",
    "admin": "Django's admin",
    "authentication": "how the API knows who asks",
    "copies": "what the copy of a person's data holds of the topic",
    "fields": "form fields that name a row of the topic, for the forms of others",
    "filters": "django-filter's classes, seen by views and API alike",
    "gates": "what a topic above asks of who signs up",
    "glances": "what a volunteer's first page says of the topic",
    "guards": "how a view declares its action",
    "kinds": "which words of a text make which kind",
    "middleware": "runs before any view",
    "openapi": "how the description of the API names the ways in",
    "ownership": "abstract models of what belongs to a committee",
    "pasting": "pure readers of pasted text, which raise nothing",
    "permissions": "how the API asks the access table",
    "rules": "figures that a province may set, with their bounds",
    "receivers": "take up the signals of topics below",
    "scopes": "from a request to an actor and a scope",
    "signals": "tell the topics above what has happened",
    "summary": "reads across models, which queries cannot import",
    "tables": "django-tables2's classes",
}
_APP_FILES = {"admin", "apps", "models", "urls"}
_FOLDERS_OF_DJANGO = {"management", "migrations", "templatetags"}
# What only a topic itself, its app's gathering files and the roof may open.
_DOORS = {"api", "filters", "forms", "tables", "urls", "views"}


def unknown_rooms(paths: Iterable[str]) -> Iterator[Finding]:
    """Every file of an app is ``app/topic/layer.py``, with the layers' names the same everywhere.

    A layer that grew may be a package: ``app/topic/layer/anything.py``.
    """
    for path in paths:
        parts = path.removesuffix(".py").split("/")
        if parts[-1] == "__init__" or parts[1] in _FOLDERS_OF_DJANGO:
            continue
        known = _APP_FILES if len(parts) == 2 else _ROOMS | _SIDE_ROOMS.keys()
        room = parts[1] if len(parts) == 2 else parts[2]
        if room not in known:
            yield Finding(path, 0, f"{room!r} is no room of a topic")


def project_graph(*packages: str) -> grimp.ImportGraph:
    """Which module imports which, function-local imports included, those for types left out."""
    return grimp.build_graph(*packages, exclude_type_checking_imports=True, cache_dir=None)


def circles(graph: grimp.ImportGraph) -> Iterator[Finding]:
    """No module reaches itself through what it imports."""
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        yield Finding(circle[0], 0, "imports in a circle: " + " → ".join(reversed(circle)))


def doors_of_other_topics(graph: grimp.ImportGraph, apps: Iterable[str]) -> Iterator[Finding]:
    """A topic may use another's queries and verbs, never its views, API, forms or addresses."""
    for app in apps:
        for module in sorted(graph.modules):
            match module.split("."):
                case [of, _, room, *_] if of == app and room in _DOORS:
                    yield from _visitors(graph, module)


def _visitors(graph: grimp.ImportGraph, door: str) -> Iterator[Finding]:
    app, topic, _room = door.split(".")[:3]
    for importer in sorted(graph.find_modules_that_directly_import(door)):
        gathers = importer in {f"{app}.urls", f"{app}.admin"} or importer.startswith("portal.")
        if not gathers and importer.split(".")[:2] != [app, topic]:
            yield Finding(importer, 0, f"opens {door}; use that topic's queries or domain")

"""What the code and the templates ask to have translated."""

import ast
import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

__all__ = ["source_catalogue"]

# Where the singular, the plural and the context stand among a function's arguments.
_SINGULAR = ("gettext", "gettext_lazy", "gettext_noop", "_")
_PLURAL = ("ngettext", "ngettext_lazy")
_CONTEXT = ("pgettext", "pgettext_lazy")
_CONTEXT_PLURAL = ("npgettext", "npgettext_lazy")
_PYTHON_KEYWORDS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(_SINGULAR, (None, 0, None)),
    **dict.fromkeys(_PLURAL, (None, 0, 1)),
    **dict.fromkeys(_CONTEXT, (0, 1, None)),
    **dict.fromkeys(_CONTEXT_PLURAL, (0, 1, 2)),
}
_TEMPLATE_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_TEMPLATE_SUFFIXES = {".html", ".txt", ".md", ".xml"}
_SKIPPED_FOLDERS = {"assets", "docs", "locale", "node_modules", "static", "tests", "var"}

MessageId = str | tuple[str, str]
Found = tuple[int, MessageId, str | None]


def source_catalogue(root: Path) -> Catalog:
    """Every text that Python and templates below ``root`` mark for translation.

    An entry's ``locations`` are (path relative to root, line). Tests, hidden folders and builds
    are left out. Raises SyntaxError where a file cannot be read as what it is.
    """
    catalogue = Catalog(fuzzy=False)
    for path in _source_files(root):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        found = _found_in_python(text, name) if path.suffix == ".py" else _found_in_template(text)
        for line, message_id, context in found:
            catalogue.add(message_id, locations=[(name, line)], context=context)
    return catalogue


def _source_files(root: Path) -> Iterator[Path]:
    """Python files, and whatever lies in a folder called ``templates``; in the order of names."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(
            name for name in below if name not in _SKIPPED_FOLDERS and not name.startswith(".")
        )
        in_templates = "templates" in Path(folder).relative_to(root).parts
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix == ".py" or (in_templates and path.suffix in _TEMPLATE_SUFFIXES):
                yield path


def _found_in_python(text: str, name: str) -> Iterator[Found]:
    for node in ast.walk(ast.parse(text, filename=name)):
        if isinstance(node, ast.Call) and (spec := _PYTHON_KEYWORDS.get(_called_name(node.func))):
            yield from _found_in_call(node, spec)


def _called_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _found_in_call(call: ast.Call, spec: tuple[int | None, int, int | None]) -> Iterator[Found]:
    if any(position is not None and position >= len(call.args) for position in spec):
        return
    context_at, singular_at, plural_at = spec
    context = None if context_at is None else next(_literals(call.args[context_at]), None)
    for singular in _literals(call.args[singular_at]):
        if plural_at is None:
            yield call.lineno, singular, context
        else:
            for plural in _literals(call.args[plural_at]):
                yield call.lineno, (singular, plural), context


def _literals(node: ast.expr) -> Iterator[str]:
    """The text, or both texts of ``a if … else b``; nothing for a value known only later."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literals(body)
            yield from _literals(orelse)
        case _:
            pass


def _found_in_template(text: str) -> Iterator[Found]:
    # Django turns a template into calls among filler; without their indentation the lines are
    # tokens that Babel's extractor for Python can read.
    lines = (line.lstrip() for line in templatize(text).splitlines())
    code = io.BytesIO("\n".join(lines).encode())
    for line, message, _comments, context in extract("python", code, keywords=_TEMPLATE_KEYWORDS):
        yield line, message if isinstance(message, str) else (message[0], message[1]), context

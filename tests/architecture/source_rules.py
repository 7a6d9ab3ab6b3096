"""Rules on one Python file at a time: size, raw SQL, and which rooms may write."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.finding import Finding

__all__ = [
    "MAX_FILE_LINES",
    "MAX_FUNCTION_LINES",
    "chinese_in_pages",
    "long_files",
    "long_functions",
    "unsafe_sql",
    "writes_outside_domain",
]

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CONSTANT = re.compile(r"_*[A-Z][A-Z0-9_]*")
_SQL_METHODS = {"copy", "execute", "executemany", "mogrify", "raw", "stream"}
_SQL_CLASSES = {"RawSQL"}
_ASKING_ROOMS = {"api", "filters", "forms", "tables", "tasks", "urls", "views"}
_WRITES = {
    "abulk_create", "acreate", "bulk_create", "bulk_update", "create", "delete", "get_or_create",
    "raw", "update", "update_or_create",
}  # fmt: skip


def long_files(path: str, text: str) -> Iterator[Finding]:
    """A file past 400 lines wants splitting."""
    if (lines := len(text.splitlines())) > MAX_FILE_LINES:
        yield Finding(path, 0, f"has {lines} lines; split it")


def long_functions(path: str, text: str) -> Iterator[Finding]:
    """A function past 50 lines wants splitting; its docstring is not counted."""
    for node in _functions(ast.parse(text, filename=path)):
        lines = (node.end_lineno or 0) - node.lineno + 1
        if ast.get_docstring(node):
            docstring = node.body[0]
            lines -= (docstring.end_lineno or 0) - docstring.lineno + 1
        if lines > MAX_FUNCTION_LINES:
            yield Finding(path, node.lineno, f"{node.name} has {lines} lines; split it")


def unsafe_sql(path: str, text: str) -> Iterator[Finding]:
    """Policies don't guard against injection, so raw SQL is constant and values are parameters.

    A statement may be put together from constants (names in capitals), from quoted names and with
    psycopg's ``sql``; anything else that is joined, formatted or interpolated is found, in the
    call itself or in a variable of the same function. ``extra()`` is found always.
    """
    tree = ast.parse(text, filename=path)
    scopes: list[ast.AST] = [tree, *_functions(tree)]
    for scope in scopes:
        assigned = _assignments(scope)
        for call in _own_nodes(scope):
            if isinstance(call, ast.Call) and (problem := _problem_of(call, assigned)):
                name = scope.name if isinstance(scope, ast.FunctionDef) else "the module"
                yield Finding(path, call.lineno, f"{problem} in {name}")


def writes_outside_domain(path: str, text: str) -> Iterator[Finding]:
    """Views, API, forms and tasks call a verb of the domain; they never write through a manager."""
    if _room(path) not in _ASKING_ROOMS:
        return
    for node in ast.walk(ast.parse(text, filename=path)):
        match node:
            case ast.Call(func=ast.Attribute(attr=verb, value=manager)) if (
                verb in _WRITES and _begins_at_manager(manager)
            ):
                yield Finding(path, node.lineno, f"writes with .objects…{verb}()")
            case ast.Attribute(attr="_base_manager" | "_default_manager" as name):
                yield Finding(path, node.lineno, f"goes around the topic's queries by {name}")


def chinese_in_pages(path: str, text: str) -> Iterator[Finding]:
    """What people read is translated, so pages, forms and the API hold no Chinese text."""
    if _room(path) not in _ASKING_ROOMS:
        return
    tree = ast.parse(text, filename=path)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in docstrings and _CHINESE.search(
                words
            ):
                yield Finding(path, node.lineno, f"Chinese text in the code: {words!r}")


def _room(path: str) -> str:
    """The layer that a file belongs to; a layer that grew is a folder of the topic."""
    _app, *inside = path.removesuffix(".py").split("/")
    return inside[1] if len(inside) > 1 else inside[-1]


def _functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or module without those of the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _own_nodes(child)


def _assignments(scope: ast.AST) -> dict[str, list[ast.expr]]:
    assigned: dict[str, list[ast.expr]] = {}
    for node in _own_nodes(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                assigned.setdefault(name, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                assigned.setdefault(name, []).append(value)
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                assigned.setdefault(name, []).append(value)
    return assigned


def _problem_of(call: ast.Call, assigned: dict[str, list[ast.expr]]) -> str:
    match call.func:
        case ast.Attribute(attr="extra") if call.keywords:
            return "extra() takes raw SQL; use an expression"
        case ast.Attribute(attr=name) if name in _SQL_METHODS:
            pass
        case ast.Name(id=name) if name in _SQL_CLASSES:
            pass
        case _:
            return ""
    if not call.args:
        return ""
    match call.args[0]:
        case ast.Name(id=variable) if not _CONSTANT.fullmatch(variable):
            statements = assigned.get(variable, [])
        case statement:
            statements = [statement]
    safe = all(_is_constant(statement) for statement in statements)
    return "" if safe else f"{name}() of SQL that is put together"


def _is_constant(node: ast.expr) -> bool:
    match node:
        case ast.JoinedStr(values=values):
            return all(_is_constant(value) for value in values)
        case ast.FormattedValue(value=value):
            return _is_quoted_or_constant(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_constant(left) and _is_constant(right)
        case ast.BinOp(op=ast.Mod(), right=right):
            return _is_quoted_or_constant(right)
        case ast.Call(func=ast.Attribute(attr="format", value=value), args=args, keywords=named):
            if not isinstance(value, ast.Constant | ast.Name):
                return True  # psycopg's sql.SQL(…).format(…) quotes what it takes
            return all(map(_is_quoted_or_constant, [*args, *(part.value for part in named)]))
        case ast.Call(func=ast.Attribute(attr="join" | "replace"), args=args):
            return all(map(_is_quoted_or_constant, args))
        case _:
            return True


def _is_quoted_or_constant(node: ast.expr) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return bool(_CONSTANT.fullmatch(name)) or name == "db_table"
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name == "quote_name"
        case _:
            return False


def _begins_at_manager(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(attr="objects"):
            return True
        case ast.Attribute(value=inner) | ast.Call(func=inner) | ast.Subscript(value=inner):
            return _begins_at_manager(inner)
        case _:
            return False

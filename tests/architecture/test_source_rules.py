"""Each rule on Python files finds its bad example and lets the good one pass."""

import pytest

from tests.architecture.source_rules import (
    MAX_FILE_LINES,
    MAX_FUNCTION_LINES,
    chinese_in_pages,
    long_files,
    long_functions,
    unsafe_sql,
    writes_outside_domain,
)


def test_file_may_be_long_but_not_longer() -> None:
    assert not list(long_files("a.py", "x = 1\n" * MAX_FILE_LINES))
    assert list(long_files("a.py", "x = 1\n" * (MAX_FILE_LINES + 1)))


def test_function_may_be_long_but_not_longer() -> None:
    docstring = '    """What it does,\n    and why."""\n'
    body = "    x = 1\n" * (MAX_FUNCTION_LINES - 1)
    assert not list(long_functions("a.py", f"def run():\n{docstring}{body}"))
    [finding] = long_functions("a.py", f"class A:\n def run(self):\n{docstring}{body}    y = 1\n")
    assert finding.line == 2


@pytest.mark.parametrize(
    "code",
    [
        'cursor.execute(f"SELECT * FROM t WHERE name = {name}")',
        'cursor.execute("SELECT * FROM t WHERE name = %s" % name)',
        'cursor.execute("SELECT * FROM t WHERE name = {}".format(name))',
        "cursor.execute(TEMPLATE.format(name=name))",
        'cursor.execute("SELECT * FROM t WHERE " + f"name = {name}")',
        'cursor.execute(TEMPLATE.replace("name", name))',
        'cursor.execute("; ".join(statements))',
        'Volunteer.objects.raw(f"SELECT {column} FROM t")',
        'query.annotate(x=RawSQL(f"SELECT {name}", []))',
        'Volunteer.objects.extra(where=["name = 1"])',
        'cursor.copy(f"COPY {table} FROM STDIN")',
        'sql = f"SELECT {name}"\n    cursor.execute(sql)',
        'sql = "SELECT 1"\n    sql += f" WHERE name = {name}"\n    cursor.execute(sql, [])',
    ],
)
def test_sql_put_together_is_found(code: str) -> None:
    [finding] = unsafe_sql("a.py", f"def run(cursor, name):\n    {code}\n")
    assert finding.message.endswith("in run")


@pytest.mark.parametrize(
    "code",
    [
        'cursor.execute("SELECT * FROM t WHERE name = %s", [name])',
        "cursor.execute(STATEMENT, [name])",
        'cursor.execute(f"SELECT {COLUMNS} FROM t WHERE name = %s", [name])',
        'cursor.execute(f"ALTER TABLE {editor.quote_name(name)} ENABLE ROW LEVEL SECURITY")',
        'cursor.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))',
        'sql = "SELECT 1"\n    cursor.execute(sql)',
        "settings = values.copy()",
    ],
)
def test_sql_of_constants_passes(code: str) -> None:
    assert not list(unsafe_sql("a.py", f"def run(cursor, name):\n    {code}\n"))


@pytest.mark.parametrize(
    "code",
    [
        "Volunteer.objects.create(name=name)",
        "Volunteer.objects.filter(id=1).update(name=name)",
        "Volunteer.objects.in_state('active').exclude(id=1)[:5].delete()",
        "Volunteer._base_manager.all()",
    ],
)
def test_write_in_a_view_is_found(code: str) -> None:
    assert list(writes_outside_domain("volunteers/registry/views.py", code))
    assert list(writes_outside_domain("volunteers/registry/views/lists.py", code))
    assert not list(writes_outside_domain("volunteers/registry/domain.py", code))
    assert not list(writes_outside_domain("volunteers/registry/domain/tables.py", code))


def test_read_and_verb_in_a_view_pass() -> None:
    code = "register(Volunteer.objects.visible().get(id=1))\nform.data.update(a=1)"
    assert not list(writes_outside_domain("volunteers/registry/views.py", code))


def test_chinese_in_a_view_is_found_but_not_in_docstrings() -> None:
    code = '"""登记"""\ndef run():\n    """志愿者"""\n    return "志愿者"\n'
    [finding] = chinese_in_pages("volunteers/registry/views.py", code)
    assert finding.line == 4
    assert not list(chinese_in_pages("volunteers/registry/imports.py", code))

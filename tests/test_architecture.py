"""The order of the house, asked of the whole project; `tests.architecture` tries each rule."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils.module_loading import import_string

from core.tenancy.operations import InstallPolicies
from core.tenancy.policies import TablePolicies
from tests.architecture import import_rules, repository_rules, source_rules, template_rules
from tests.architecture.finding import APPS, ROOT, Finding, python_files

Rule = Callable[[str, str], Iterator[Finding]]

TOPIC_APPS = tuple(app for app in APPS if app not in {"core", "portal"})
SCRIPTS_AND_STYLES = {".css", ".html", ".js", ".mjs"}

# SQL that has to be put together, by the file and the function, and why no value gets into it.
PUT_TOGETHER_SQL = {
    ("core/workbooks/staging.py", "stage_rows"): "names of a temporary table, said by the importer",
    ("core/tenancy/scope.py", "_set_config"): "joins placeholders and a proof's constant query",
    ("volunteers/registry/ownership.py", "database_forwards"): "a literal table of the same file",
}


def assert_none(findings: Iterable[Finding]) -> None:
    lines = [str(finding) for finding in sorted(findings)]
    assert not lines, "\n".join(["", *lines])


def assert_kept(rule: Rule, files: dict[str, str]) -> None:
    assert_none(finding for path, text in files.items() for finding in rule(path, text))


def committed(*suffixes: str) -> dict[str, str]:
    files = repository_rules.committed_files(ROOT)
    return {path: text for path, text in files if path.endswith(suffixes)}


def templates() -> dict[str, str]:
    found = committed(".html", ".txt")
    return {path: text for path, text in found.items() if "templates" in path.split("/")[:-1]}


@pytest.mark.parametrize("rule", [source_rules.long_files, source_rules.long_functions])
def test_python_is_cut_into_small_pieces(rule: Rule) -> None:
    written = {path: text for path, text in committed(".py").items() if "/migrations/" not in path}
    assert_kept(rule, written)


def test_templates_scripts_and_styles_are_cut_into_small_pieces() -> None:
    assert_kept(source_rules.long_files, committed(*SCRIPTS_AND_STYLES))


def test_raw_sql_takes_its_values_as_parameters() -> None:
    found = {
        (finding.path, finding.message.rsplit(" in ", 1)[1])
        for path, text in python_files(*APPS).items()
        for finding in source_rules.unsafe_sql(path, text)
    }
    assert found - PUT_TOGETHER_SQL.keys() == set()
    assert PUT_TOGETHER_SQL.keys() - found == set(), "an exception that is no longer needed"


def test_writes_stand_in_the_domain() -> None:
    assert_kept(source_rules.writes_outside_domain, python_files(*TOPIC_APPS, "portal"))


def test_code_of_pages_holds_no_chinese() -> None:
    assert_kept(source_rules.chinese_in_pages, python_files(*APPS))


def test_every_file_is_a_room_of_its_topic() -> None:
    assert_none(import_rules.unknown_rooms(python_files(*TOPIC_APPS)))


def test_nothing_imports_in_a_circle() -> None:
    assert_none(import_rules.circles(import_rules.project_graph(*APPS)))


def test_topics_keep_out_of_each_others_pages() -> None:
    graph = import_rules.project_graph(*APPS)
    assert_none(import_rules.doors_of_other_topics(graph, TOPIC_APPS))


def test_templates_are_translated() -> None:
    assert_kept(template_rules.untranslated_text, templates())


def test_forms_keep_their_token() -> None:
    assert_kept(template_rules.lost_tokens, templates())


def test_templates_hold_no_inline_code() -> None:
    assert_kept(template_rules.inline_code, templates())


def test_no_file_names_a_registry() -> None:
    assert_kept(repository_rules.registry_hosts, committed(""))


def test_no_file_names_a_path_of_one_machine() -> None:
    files = {path: text for path, text in committed("").items() if path != "Dockerfile"}
    assert_kept(repository_rules.paths_of_one_machine, files)


def project_models() -> list[type[Model]]:
    return [
        model
        for app in APPS
        if apps.is_installed(app)
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]


def tables_with_policies() -> set[str]:
    """The tables whose policies some migration installs."""
    migrations = MigrationLoader(None).disk_migrations.values()
    operations = [operation for migration in migrations for operation in migration.operations]
    declarations = {
        operation.declaration for operation in operations if isinstance(operation, InstallPolicies)
    }
    declared: list[TablePolicies] = [
        table for declaration in declarations for table in import_string(declaration)
    ]
    return {table.table for table in declared}


def test_every_table_declares_who_reaches_it() -> None:
    tables = {model._meta.db_table for model in project_models() if model._meta.managed}
    assert tables - tables_with_policies() == set()

"""Migration operations that write policies into the database."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils.module_loading import import_string

from core.tenancy.policies import TablePolicies

__all__ = ["InstallPolicies", "RemovePolicies"]

_DROP_ALL = """
    SELECT format('DROP POLICY %%I ON %%I', policyname, tablename)
    FROM pg_policies WHERE schemaname = current_schema() AND tablename = %s
"""


class InstallPolicies(Operation):
    """Brings the tables listed in ``declaration`` to exactly the declared privileges and policies.

    ``declaration`` is the dotted path of a sequence of `TablePolicies`. Running it again replaces
    what stands, so a changed ``policies.py`` needs a new migration with this operation, and the
    operation of the earlier migration of the same declaration is taken out there (on a new
    database it would meet columns that do not exist yet).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, declaration: str) -> None:
        self.declaration = declaration

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Policies are no part of the models' state."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Replaces privileges and policies."""
        for table in self._tables():
            self._remove(schema_editor, table)
            for statement in table.install():
                schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Takes away privileges and policies."""
        for table in self._tables():
            self._remove(schema_editor, table)

    def describe(self) -> str:
        """One line for the migration's log."""
        return f"Install the policies of {self.declaration}"

    def _tables(self) -> Sequence[TablePolicies]:
        tables: Sequence[TablePolicies] = import_string(self.declaration)
        return tables

    def _remove(self, schema_editor: BaseDatabaseSchemaEditor, table: TablePolicies) -> None:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_DROP_ALL, [table.table])
            drops = [statement for (statement,) in cursor.fetchall()]
        for statement in [*drops, *table.remove()]:
            schema_editor.execute(statement)


class RemovePolicies(InstallPolicies):
    """Takes away what stands, before a column that a policy names changes its type.

    For databases that have come this far with an earlier version: on a new one nothing stands yet.
    A later `InstallPolicies` of the same declaration follows.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Takes away privileges and policies."""
        self.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """One line for the migration's log."""
        return f"Remove the policies of {self.declaration}"

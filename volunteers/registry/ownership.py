"""What refers to a volunteer, and what becomes of it when the person moves or two entries merge.

Every foreign key to `Volunteer` has a line here; a test compares. The migration operation
`InstallReferences` tells the database, whose functions read nothing else: a topic that adds a
reference adds its line here and the operation to its migration.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["REFERENCES", "InstallReferences", "Reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column that names a volunteer, in a table whose key is ``id`` where rows are to move.

    ``moves``: with a merge its rows go to the entry that stays, and come back when it is undone;
    rows of ``settled`` only, a constant condition of SQL. Otherwise they stay with the entry that
    was merged. ``follows``: the row belongs to the person's committee and changes with it.
    ``withheld``: why the rows are not in the copy of a person's data, in words; every other
    reference is given by some topic (`volunteers.privacy.domain.giving`), and a test compares.
    """

    table: str
    column: str = "volunteer_id"
    label: str | Promise
    moves: bool = False
    follows: bool = False
    settled: str = "true"
    withheld: str = ""


REFERENCES = (
    Reference(
        table="volunteers_volunteeridentity", label=_("identity document and telephone"),
        follows=True,
    ),
    Reference(table="volunteers_servicerecord", label=_("service records"), moves=True),
    Reference(table="volunteers_correctionrequest", label=_("correction requests"), moves=True),
    Reference(table="volunteers_identityreveal", label=_("looks at identifiers"), moves=True),
    Reference(
        # An open one is about the numbers of that entry, which stay with it.
        table="volunteers_revealapproval", label=_("approvals of looks"), moves=True,
        settled="state NOT IN ('asked', 'approved')",
    ),
    Reference(table="volunteers_transfer", label=_("transfers")),
    Reference(table="volunteers_disclosure", label=_("access to full data")),
    Reference(table="volunteers_disclosedperson", label=_("access to full data")),
    Reference(table="volunteers_volunteerterm", label=_("skills and times"), follows=True),
    Reference(
        table="volunteers_volunteer", column="merged_into_id", label=_("entries merged before"),
        moves=True,
    ),
    Reference(
        table="volunteers_duplicatepair", column="first_id", label=_("probable duplicates"),
        withheld="a guess that names somebody else's entry too and decides nothing",
    ),
    Reference(
        table="volunteers_duplicatepair", column="second_id", label=_("probable duplicates"),
        withheld="a guess that names somebody else's entry too and decides nothing",
    ),
    Reference(table="volunteers_merge", column="survivor_id", label=_("merges")),
    Reference(table="volunteers_merge", column="merged_id", label=_("merges")),
    Reference(table="volunteers_claim", label=_("claim by the person"), follows=True),
    Reference(table="volunteers_consent", label=_("consents"), follows=True),
    Reference(
        table="volunteers_privacyrequest", label=_("requests about own data"), follows=True
    ),
    Reference(table="volunteers_guardianlink", label=_("links for guardians"), follows=True),
    Reference(table="volunteers_dataexport", label=_("copies of own data")),
    Reference(table="volunteers_retainedidentity", label=_("identity kept under seal"),
        withheld="made when nobody can sign in any more; read by no role",
    ),
    Reference(
        table="volunteers_clashnotice", label=_("numbers that another committee asks about"),
        follows=True,
    ),
    Reference(table="volunteers_draftrow", label=_("rows of drafts"), moves=True,
        withheld="an office's unfinished work, which becomes a record or nothing",
    ),
)  # fmt: skip

_LITERAL = "('{table}', '{column}', {moves}, {follows}, '{settled}')"
_CREATE = """
CREATE OR REPLACE FUNCTION volunteers_references()
    RETURNS TABLE (tab text, col text, moves boolean, follows boolean, settled text)
    LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$ VALUES {rows} $$
"""


class InstallReferences(Operation):
    """Writes `REFERENCES` into the function that the database reads them from."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """References are no part of the models' state."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Replaces the function; it names tables as texts, so they may be made later."""
        rows = ", ".join(
            _LITERAL.format(
                table=each.table,
                column=each.column,
                moves=each.moves,
                follows=each.follows,
                settled=each.settled.replace("'", "''"),
            )
            for each in REFERENCES
        )
        schema_editor.execute(_CREATE.format(rows=rows), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The function goes with the migration that first made it."""

    def describe(self) -> str:
        """One line for the migration's log."""
        return "Install what refers to a volunteer"

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

__all__ = ["PERSONAL", "REFERENCES", "InstallReferences", "Personal", "Reference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column that names a volunteer, in a table whose key is ``id`` where rows are to move.

    ``moves``: with a merge its rows go to the entry that stays, and come back when it is undone;
    rows of ``settled`` only, a constant condition of SQL in which ``$1`` is the entry that stays.
    Otherwise they stay with the entry that was merged, and ``stays`` says why; of rows that move in
    part ``rest`` says why the others stay. ``follows``: the row
    belongs to the person's committee and changes with it.
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
    stays: str | Promise = ""
    rest: str | Promise = ""


REFERENCES = (
    Reference(
        table="volunteers_volunteeridentity", label=_("identity document and telephone"),
        follows=True,
        stays=_("its number and telephone are the merged entry's own"),
    ),
    Reference(table="volunteers_servicerecord", label=_("service records"), moves=True),
    Reference(table="volunteers_correctionrequest", label=_("correction requests"), moves=True),
    Reference(table="volunteers_identityreveal", label=_("looks at identifiers"), moves=True),
    Reference(
        # An open one is about the numbers of that entry, which stay with it.
        table="volunteers_revealapproval", label=_("approvals of looks"), moves=True,
        settled="state NOT IN ('asked', 'approved')",
        rest=_("an open one is about the numbers of that entry, which stay with it"),
    ),
    Reference(table="volunteers_transfer", label=_("transfers"),
        stays=_("names where that entry was to go; it cannot be agreed while merged"),
    ),
    Reference(table="volunteers_disclosure", label=_("access to full data"),
        stays=_("says whose data were opened; the person reads both together"),
    ),
    Reference(table="volunteers_disclosedperson", label=_("access to full data"),
        stays=_("says whose data were opened; the person reads both together"),
    ),
    Reference(table="volunteers_volunteerterm", label=_("skills and times"), follows=True,
        moves=True,
        settled="NOT EXISTS (SELECT FROM volunteers_volunteerterm o WHERE o.volunteer_id = $1"
        " AND o.term_id = volunteers_volunteerterm.term_id)",
        rest=_("the entry that stays has the same word already"),
    ),
    Reference(
        table="volunteers_volunteer", column="merged_into_id", label=_("entries merged before"),
        moves=True,
    ),
    Reference(
        table="volunteers_duplicatepair", column="first_id", label=_("probable duplicates"),
        withheld="a guess that names somebody else's entry too and decides nothing",
        stays=_("a guess about that entry, closed by the merge"),
    ),
    Reference(
        table="volunteers_duplicatepair", column="second_id", label=_("probable duplicates"),
        withheld="a guess that names somebody else's entry too and decides nothing",
        stays=_("a guess about that entry, closed by the merge"),
    ),
    Reference(table="volunteers_merge", column="survivor_id", label=_("merges"),
        stays=_("the log of the merges themselves"),
    ),
    Reference(table="volunteers_merge", column="merged_id", label=_("merges"),
        stays=_("the log of the merges themselves"),
    ),
    Reference(table="volunteers_claim", label=_("claim by the person"), follows=True,
        stays=_("said by who holds that entry's telephone; accounts are not handed over"),
    ),
    Reference(table="volunteers_consent", label=_("consents"), follows=True, moves=True,
        settled="ended_at IS NOT NULL OR NOT EXISTS (SELECT FROM volunteers_consent o WHERE"
        " o.volunteer_id = $1 AND o.kind = volunteers_consent.kind AND o.ended_at IS NULL)",
        rest=_("the entry that stays has a consent of its own"),
    ),
    Reference(
        table="volunteers_privacyrequest", label=_("requests about own data"), follows=True,
        moves=True,
        settled="state <> 'open' OR NOT EXISTS (SELECT FROM volunteers_privacyrequest o WHERE"
        " o.volunteer_id = $1 AND o.kind = volunteers_privacyrequest.kind AND o.state = 'open')",
        rest=_("the same is open with the entry that stays"),
    ),
    Reference(table="volunteers_guardianlink", label=_("links for guardians"), follows=True,
        stays=_(
            "lead on to the entry that stays, with the code to the telephone they were made for"
        ),
    ),
    Reference(table="volunteers_dataexport", label=_("copies of own data"),
        stays=_("files for that account alone, gone within a week"),
    ),
    Reference(table="volunteers_retainedidentity", label=_("identity kept under seal"),
        withheld="made when nobody can sign in any more; read by no role",
        stays=_("sealed away, and moved by nobody"),
    ),
    Reference(
        table="volunteers_clashnotice", label=_("numbers that another committee asks about"),
        follows=True, moves=True,
    ),
    Reference(table="volunteers_bulkrow", label=_("changes of many at once"),
        stays=_("what an undo would put back is that entry's own"),
        withheld="the log of an office's deed; what it changed stands in the person's own history",
    ),
    Reference(table="volunteers_draftrow", label=_("rows of drafts"), moves=True,
        withheld="an office's unfinished work, which becomes a record or nothing",
    ),
    Reference(
        # A standing one keeps its place and its committee's list; the person withdraws and signs up
        # anew with the entry that stays.
        table="volunteers_signup", label=_("sign-ups"), moves=True,
        settled="state NOT IN ('placed', 'waiting', 'offered')",
        rest=_("one that stands keeps its place until the person withdraws or has served"),
    ),
    Reference(table="volunteers_feedback", label=_("how it was"), moves=True),
    Reference(table="volunteers_teammember", label=_("memberships in teams"), moves=True,
        settled="ended_at IS NOT NULL OR NOT EXISTS (SELECT FROM volunteers_teammember o"
        " WHERE o.volunteer_id = $1 AND o.organization_id = volunteers_teammember.organization_id"
        " AND o.ended_at IS NULL)",
        rest=_("the entry that stays is in that team already"),
    ),
    Reference(table="volunteers_delivery", label=_("messages of organisers"), moves=True,
        settled="NOT EXISTS (SELECT FROM volunteers_delivery o WHERE o.volunteer_id = $1"
        " AND o.notice_id = volunteers_delivery.notice_id)",
        rest=_("the entry that stays was sent the same"),
    ),
    Reference(table="volunteers_calendarfeed", label=_("calendar addresses"),
        stays=_("a secret address of that account; the own pages make another one"),
        withheld="only the digest of a secret is kept; that there is one stands on the own page",
    ),
    Reference(table="volunteers_emergencycontact", label=_("whom to call in an emergency"),
        stays=_("sealed for that entry; the entry that stays names somebody of its own"),
    ),
    Reference(table="volunteers_certificate", label=_("certificates"), moves=True),
    # Tables of an app above, known here by their names alone.
    Reference(table="incentives_redemption", label=_("benefits used"), moves=True,
        settled="NOT EXISTS (SELECT FROM incentives_redemption o WHERE o.volunteer_id = $1"
        " AND o.step = incentives_redemption.step)",
        rest=_("the entry that stays showed a code in the same half minute"),
    ),
    Reference(table="training_enrolment", label=_("training"), moves=True,
        settled="state NOT IN ('asked', 'waiting', 'placed') AND NOT EXISTS (SELECT FROM"
        " training_enrolment o WHERE o.volunteer_id = $1"
        " AND o.session_id = training_enrolment.session_id"
        " AND o.state NOT IN ('withdrawn', 'refused'))",
        rest=_("what is to come, and where the entry that stays is enrolled too"),
    ),
    Reference(table="incentives_staraward", label=_("stars"), follows=True,
        stays=_("the stars of the entry that stays are counted anew from all its hours"),
    ),
    Reference(
        # No foreign key, because its table lies in an app below. The tie was proven by a code to
        # the guardian on record, so it holds where the entry that stays is the same child's with
        # the same guardian; elsewhere a merge would give a parent somebody else's child.
        table="organizations_familytie", label=_("accounts of parents"), moves=True,
        settled="ended_at IS NULL AND NOT EXISTS (SELECT FROM organizations_familytie o"
        " WHERE o.volunteer_id = $1 AND o.user_id = organizations_familytie.user_id"
        " AND o.ended_at IS NULL) AND EXISTS (SELECT FROM volunteers_volunteer s"
        " JOIN volunteers_volunteer g ON g.birth_date = s.birth_date"
        " JOIN volunteers_volunteeridentity mine ON mine.volunteer_id = s.id"
        " JOIN volunteers_volunteeridentity its ON its.volunteer_id = g.id"
        " AND its.guardian_phone_index = mine.guardian_phone_index"
        " WHERE s.id = $1 AND g.id = organizations_familytie.volunteer_id)",
        rest=_("the tie has ended, stands there already, or the entry that stays names another"
               " birth date or guardian: the parent asks anew with a code"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """Columns that tell who somebody was, and what they become once the entry is sealed away.

    ``key`` names the volunteer, or the record whose volunteer is meant. ``named`` columns take the
    name of the sealed entry, ``emptied`` ones nothing, ``signed`` ones that name where they are the
    person's own label. ``history``: its history table holds the same columns; a migration then runs
    ``APPEND_ONLY`` of ``0012_sealing`` again, which lets the history bear being sealed.
    """

    table: str
    key: str = "volunteer_id"
    named: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    history: bool = False


# Of the entry only the history: the verb that seals it away blanks the entry itself.
PERSONAL = (
    Personal(
        table="volunteers_volunteer", key="id", named=("name",), history=True,
        emptied=(
            "pinyin", "initials", "political_status", "skills", "consent_evidence",
            "guardian_name", "identity_mask", "phone_mask", "guardian_phone_mask",
        ),
    ),
    Personal(table="volunteers_servicerecord", named=("volunteer_name",), history=True),
    Personal(
        table="volunteers_spotcheckitem", key="record_id", named=("volunteer_name",), history=True
    ),
    Personal(table="volunteers_correctionrequest", emptied=("message",)),
    Personal(
        table="volunteers_consent", named=("given_by",), emptied=("phone_mask",), history=True
    ),
    Personal(
        table="volunteers_privacyrequest", emptied=("message",),
        signed=("asked_by_label", "answered_by_label"), history=True,
    ),
    Personal(table="volunteers_claim", emptied=("phone_mask",)),
    Personal(table="volunteers_guardianlink", emptied=("phone_mask",), signed=("sent_by_label",)),
    Personal(table="volunteers_disclosure", named=("title",), history=True),
    Personal(
        table="volunteers_transfer", named=("volunteer_name",), emptied=("guardian_name",),
        signed=("asked_by_label", "answered_by_label"),
    ),
    Personal(table="volunteers_clashnotice", named=("name",), signed=("answered_by_label",)),
    Personal(table="volunteers_merge", key="survivor_id", named=("survivor_name",)),
    Personal(table="volunteers_merge", key="merged_id", named=("merged_name",)),
    Personal(table="volunteers_draftrow", named=("volunteer_name",)),
    Personal(table="volunteers_feedback", emptied=("line",), signed=("by_label",)),
    Personal(
        table="volunteers_signup", named=("volunteer_name",), emptied=("reason", "added_reason"),
        signed=("asked_by_label",), history=True,
    ),
    Personal(
        table="volunteers_teammember", named=("volunteer_name",), emptied=("end_reason",),
        signed=("added_by_label", "ended_by_label"), history=True,
    ),
    Personal(
        table="training_enrolment", named=("volunteer_name",), emptied=("reason",),
        signed=("asked_by_label", "decided_by_label"), history=True,
    ),
    # What is signed holds the masked name; digest and signature would prove a guess at it.
    Personal(
        table="volunteers_certificate", named=("masked_name",),
        emptied=("payload", "digest", "signature"), history=True,
    ),
)  # fmt: skip

_LITERAL = "('{table}', '{column}', {moves}, {follows}, '{settled}')"
_CREATE = """
CREATE OR REPLACE FUNCTION volunteers_references()
    RETURNS TABLE (tab text, col text, moves boolean, follows boolean, settled text)
    LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$ VALUES {rows} $$
"""
_PERSONAL = "('{table}', '{key}', '{column}', '{how}', {history})"
_CREATE_PERSONAL = """
CREATE OR REPLACE FUNCTION volunteers_personal_columns()
    RETURNS TABLE (tab text, key text, col text, how text, has_history boolean)
    LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$ VALUES {rows} $$
"""


class InstallReferences(Operation):
    """Writes `REFERENCES` and `PERSONAL` into the functions that the database reads them from."""

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
        columns = ", ".join(
            _PERSONAL.format(
                table=each.table, key=each.key, column=column, how=how, history=each.history
            )
            for each in PERSONAL
            for how in ("named", "emptied", "signed")
            for column in getattr(each, how)
        )
        schema_editor.execute(_CREATE_PERSONAL.format(rows=columns), params=None)

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

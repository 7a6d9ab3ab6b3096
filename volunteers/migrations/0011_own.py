"""What a person is told of the own data: who looked at it, and which entries were merged."""

from django.db import migrations

from core.tenancy.roles import Role

# To the person alone, or to a parent on the child's pages: the scope was proven as it was opened.
# Of an entry that was merged what happened to the other one belongs to it.
ME = f"""
    SELECT v.id FROM volunteers_volunteer v
    WHERE current_setting('role') = '{Role.VOLUNTEER}'
      AND v.id = nullif(current_setting('portal.volunteer', true), '')::bigint
    UNION ALL
    SELECT v.id FROM volunteers_volunteer v
    WHERE current_setting('role') = '{Role.VOLUNTEER}'
      AND v.merged_into_id = nullif(current_setting('portal.volunteer', true), '')::bigint
"""

# The committee and the role are those of the membership that the account had then, of several the
# one whose committee the label names.
WHO_LOOKED = f"""
CREATE FUNCTION volunteers_who_looked(most integer)
RETURNS TABLE (at timestamptz, kind text, what text, who text, committee text, role text,
               reason text, state text, answered_by text, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH me AS ({ME}), found AS (
        SELECT r.at, 'look' AS kind, r.field::text AS what, r.user_id, r.user_label AS who,
               r.committee_id AS place, r.reason, '' AS state, '' AS answered_by,
               NULL::timestamptz AS until
        FROM volunteers_identityreveal r WHERE r.volunteer_id IN (SELECT id FROM me)
        UNION ALL
        SELECT a.asked_at, 'approval', a.field, a.asked_by_id, a.asked_by_label,
               a.committee_id, a.reason, a.state, a.answered_by_label, a.expires_at
        FROM volunteers_revealapproval a WHERE a.volunteer_id IN (SELECT id FROM me)
        UNION ALL
        SELECT d.asked_at, 'access', 'all', d.asked_by_id, d.asked_by_label,
               d.committee_id, d.reason, d.state, d.answered_by_label,
               coalesce(d.ended_at, d.expires_at)
        FROM volunteers_disclosedperson p JOIN volunteers_disclosure d ON d.id = p.disclosure_id
        WHERE p.volunteer_id IN (SELECT id FROM me)
        UNION ALL
        SELECT e.created_at, 'export', e.kind, e.user_id, e.user_label,
               e.committee_id, e.reason, '', '', NULL
        FROM volunteers_export e WHERE e.id IN (
            SELECT x.export_id FROM volunteers_exportedpeople x
            WHERE x.people && ARRAY(SELECT id FROM me))
    )
    SELECT f.at, f.kind, f.what, f.who, coalesce(held.full_name, ''), coalesce(held.role, ''),
           f.reason, f.state, f.answered_by, f.until
    FROM found f LEFT JOIN LATERAL (
        SELECT c.full_name, m.role
        FROM organizations_membership m JOIN organizations_committee c ON c.path = m.committee_id
        WHERE m.user_id = f.user_id AND starts_with(f.place, m.committee_id)
          AND m.starts_on <= f.at::date + 1
          AND coalesce(m.revoked_at >= f.at, true)
        ORDER BY (strpos(f.who, '（' || c.name || '）') > 0) DESC, m.committee_id DESC, m.id DESC
        LIMIT 1
    ) held ON true
    ORDER BY f.at DESC, f.kind LIMIT most
$$;
REVOKE ALL ON FUNCTION volunteers_who_looked(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_who_looked(integer) TO {Role.VOLUNTEER};
"""

NOT_WHO_LOOKED = "DROP FUNCTION volunteers_who_looked(integer);"

OWN_MERGES = f"""
CREATE FUNCTION volunteers_own_merges()
RETURNS TABLE (at timestamptz, survivor_number text, merged_number text, by_label text,
               reason text, undone_at timestamptz, undo_reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH me AS ({ME})
    SELECT m.at, m.survivor_number, m.merged_number, m.by_label, m.reason, m.undone_at,
           m.undo_reason
    FROM volunteers_merge m
    WHERE m.survivor_id IN (SELECT id FROM me) OR m.merged_id IN (SELECT id FROM me)
    ORDER BY m.id
$$;
REVOKE ALL ON FUNCTION volunteers_own_merges() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_own_merges() TO {Role.VOLUNTEER};
"""

NOT_OWN_MERGES = "DROP FUNCTION volunteers_own_merges();"


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0010_vocabulary"),
    ]

    operations = [
        migrations.RunSQL(WHO_LOOKED, NOT_WHO_LOOKED),
        migrations.RunSQL(OWN_MERGES, NOT_OWN_MERGES),
    ]

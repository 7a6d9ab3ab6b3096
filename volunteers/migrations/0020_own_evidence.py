"""What proves one's own record; and drafts are looked up before pictures of theirs are swept."""

from django.db import migrations

from core.tenancy.roles import Role

# Runs as the owner, past the policies: volunteers see no sheets and no pictures, but what an entry
# made afterwards stands on: the text that names it, and how many files there are.
OWN_EVIDENCE = f"""
CREATE FUNCTION volunteers_own_evidence(record bigint)
RETURNS TABLE (note varchar, files bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.evidence, (
        SELECT count(*) FROM volunteers_evidencefile f
        WHERE f.bundle = s.evidence_key AND f.removed_at IS NULL
    )
    FROM volunteers_servicerecord r
    JOIN volunteers_hourssheet s ON s.id = r.sheet_id
    WHERE r.id = record AND r.state <> 'draft'
      AND r.volunteer_id = nullif(current_setting('portal.volunteer', true), '')::bigint
$$;
REVOKE ALL ON FUNCTION volunteers_own_evidence(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_own_evidence(bigint) TO {Role.VOLUNTEER};
"""
NO_OWN_EVIDENCE = "DROP FUNCTION volunteers_own_evidence(bigint);"

SEEN_BY_JOBS = f"GRANT SELECT ON volunteers_draft TO {Role.JOB};"
UNSEEN_BY_JOBS = f"REVOKE SELECT ON volunteers_draft FROM {Role.JOB};"


class Migration(migrations.Migration):

    dependencies = [("volunteers", "0019_clashes")]

    operations = [
        migrations.RunSQL(OWN_EVIDENCE, NO_OWN_EVIDENCE),
        migrations.RunSQL(SEEN_BY_JOBS, UNSEEN_BY_JOBS),
    ]

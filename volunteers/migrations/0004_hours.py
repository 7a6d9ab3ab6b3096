"""Room of a day, what is taken of it, what proves a record, and the marks of sheets."""

from django.db import migrations

from core.tenancy.roles import STAFF_ROLES, Role

STAFF = ", ".join(STAFF_ROLES)

# Standing records of a visitor lie with several committees, each hidden from the others, so the
# owner's eyes count them; the caller learns yes or no. The lock makes two who enter hours for the
# same person one after the other, also with an import, whose foreign keys wait for it.
DAY_HAS_ROOM = """
CREATE FUNCTION volunteers_day_has_room(person bigint, day date, more integer, besides bigint)
    RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM volunteers_volunteer WHERE id = person FOR UPDATE;
    RETURN more + coalesce(
        (SELECT sum(r.minutes) FROM volunteers_servicerecord r
         WHERE r.volunteer_id = person AND r.served_on = day AND NOT r.voided
           AND r.id IS DISTINCT FROM besides),
        0) <= 1440;
END $$;
REVOKE ALL ON FUNCTION volunteers_day_has_room FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_day_has_room
    TO portal_tier1, portal_tier2, portal_tier3, portal_tier4, portal_job;
"""

# Standing records of a visitor lie with several committees, each hidden from the others, so the
# owner's eyes look. Of each stretch the caller learns whether it is free, how many minutes of the
# day are taken and whether the person has withdrawn, and nothing else. With `holding`, the people
# are locked one after the other in one order, as `volunteers_day_has_room` locks one: who enters
# hours for the same people waits, and then sees what was entered.
STRETCHES = f"""
CREATE FUNCTION volunteers_stretches_taken(
    people bigint[], days date[], starts timestamptz[], ends timestamptz[], holding boolean)
    RETURNS TABLE (place bigint, taken boolean, counted bigint, gone boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF holding THEN
        PERFORM FROM volunteers_volunteer v WHERE v.id = ANY (people) ORDER BY v.id FOR UPDATE;
    END IF;
    RETURN QUERY
        SELECT asked.place,
               asked.starts IS NOT NULL AND EXISTS (
                   SELECT FROM volunteers_servicerecord r
                   WHERE r.volunteer_id = asked.person AND NOT r.voided
                     AND r.during && tstzrange(asked.starts, asked.ends)),
               coalesce((SELECT sum(r.minutes) FROM volunteers_servicerecord r
                         WHERE r.volunteer_id = asked.person AND r.served_on = asked.day
                           AND NOT r.voided), 0)::bigint,
               v.state = 'withdrawn'
        FROM unnest(people, days, starts, ends)
             WITH ORDINALITY AS asked (person, day, starts, ends, place)
        JOIN volunteers_volunteer v ON v.id = asked.person;
END $$;
REVOKE ALL ON FUNCTION volunteers_stretches_taken FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_stretches_taken TO {STAFF};
"""

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


# One mark a sheet and statement is enough, however many rows changed.
MARKING_SHEETS = """
CREATE FUNCTION volunteers_mark_sheets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO volunteers_unseensheet (sheet_id, committee_path, marked_at)
        SELECT sheet_id, committee_id, clock_timestamp()
        FROM old_rows WHERE state = 'submitted' GROUP BY 1, 2;
    END IF;
    INSERT INTO volunteers_unseensheet (sheet_id, committee_path, marked_at)
    SELECT sheet_id, committee_id, clock_timestamp()
    FROM new_rows WHERE state = 'submitted' GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_sheets_insert AFTER INSERT ON volunteers_servicerecord
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_mark_sheets();
CREATE TRIGGER mark_sheets_update AFTER UPDATE ON volunteers_servicerecord
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_mark_sheets();
"""

# History is read record by record. An index on each foreign key of the largest history took a
# quarter of the time of an import, and nothing used it.
UNUSED_INDEXES = """
DO $$
DECLARE
    unused text;
BEGIN
    FOR unused IN
        SELECT i.indexrelid::regclass FROM pg_index i
        WHERE i.indrelid = 'volunteers_servicerecordhistory'::regclass AND NOT i.indisunique
          AND NOT EXISTS (
              SELECT FROM pg_attribute a
              WHERE a.attrelid = i.indexrelid AND a.attname = 'pgh_obj_id'
          )
    LOOP
        EXECUTE format('DROP INDEX %s', unused);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0003_totals"),
    ]

    operations = [
        migrations.RunSQL(DAY_HAS_ROOM, "DROP FUNCTION volunteers_day_has_room"),
        migrations.RunSQL(STRETCHES, "DROP FUNCTION volunteers_stretches_taken"),
        migrations.RunSQL(OWN_EVIDENCE, NO_OWN_EVIDENCE),
        migrations.RunSQL(MARKING_SHEETS, "DROP FUNCTION volunteers_mark_sheets() CASCADE"),
        migrations.RunSQL(UNUSED_INDEXES, migrations.RunSQL.noop),
    ]

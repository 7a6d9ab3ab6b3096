"""Whoever is sealed away is sealed away in the histories too, in the one way that they bear."""

from django.db import migrations

from core.tenancy.roles import Role

# The one change that a history bears: of an entry that is sealed away, or merged into one, the
# columns that told who it was say what the entry says now; of the context only the label changes.
ONLY_SEALED = """
CREATE FUNCTION volunteers_only_sealed(history text, was jsonb, becomes jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text[];
    person bigint;
    called text;
BEGIN
    SELECT array_agg(c.col), CASE min(c.key)
            WHEN 'id' THEN (was ->> 'pgh_obj_id')::bigint
            WHEN 'record_id' THEN (SELECT r.volunteer_id FROM volunteers_servicerecord r
                                   WHERE r.id = (was ->> 'record_id')::bigint)
            ELSE (was ->> min(c.key))::bigint END
        INTO told, person
        FROM volunteers_personal_columns() AS c WHERE c.tab || 'history' = history;
    SELECT v.name INTO called FROM volunteers_volunteer v
        LEFT JOIN volunteers_volunteer s ON s.id = v.merged_into_id
        WHERE v.id = person AND 'erased' IN (v.state, s.state);
    RETURN called IS NOT NULL
       AND was - told - 'pgh_context' - 'birth_date' = becomes - told - 'pgh_context' - 'birth_date'
       AND coalesce(nullif(was -> 'pgh_context', 'null'), '{}') - 'label'
         = coalesce(nullif(becomes -> 'pgh_context', 'null'), '{}') - 'label'
       AND coalesce(becomes -> 'pgh_context' ->> 'label', '')
           IN (called, coalesce(was -> 'pgh_context' ->> 'label', ''))
       AND coalesce(becomes ->> 'birth_date', '')
           IN (coalesce(was ->> 'birth_date', ''), left(was ->> 'birth_date', 4) || '-01-01')
       AND NOT EXISTS (SELECT FROM unnest(told) AS t (col)
                       WHERE becomes ->> t.col NOT IN (called, '', '[]', was ->> t.col));
END $$;
REVOKE ALL ON FUNCTION volunteers_only_sealed(text, jsonb, jsonb) FROM PUBLIC;
"""

NOT_ONLY_SEALED = "DROP FUNCTION volunteers_only_sealed(text, jsonb, jsonb);"

# The triggers stay; their functions let that one change pass.
APPEND_ONLY = """
DO $do$
DECLARE
    guard text;
BEGIN
    FOR guard IN
        SELECT p.proname FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid
        WHERE g.tgname LIKE 'pgtrigger_append_only%'
          AND g.tgrelid::regclass::text IN (
              SELECT c.tab || 'history' FROM volunteers_personal_columns() AS c
              WHERE c.has_history)
    LOOP
        EXECUTE format($body$
            CREATE OR REPLACE FUNCTION %I() RETURNS trigger LANGUAGE plpgsql AS $guard$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF volunteers_only_sealed(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from %% table',
                    TG_TABLE_NAME;
            END $guard$
        $body$, guard);
    END LOOP;
END $do$;
"""

SEAL = f"""
CREATE FUNCTION volunteers_seal_names(person bigint, was text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    called text;
    place record;
BEGIN
    SELECT v.name INTO called FROM volunteers_volunteer v
        LEFT JOIN volunteers_volunteer s ON s.id = v.merged_into_id
        WHERE v.id = person AND 'erased' IN (v.state, s.state);
    IF called IS NULL THEN
        RAISE EXCEPTION 'only who has been sealed away loses the name';
    END IF;
    FOR place IN
        SELECT c.tab, c.key, bool_or(c.has_history) AS has_history,
               string_agg(format(CASE c.how
                   WHEN 'named' THEN '%1$I = $2'
                   WHEN 'signed' THEN '%1$I = CASE %1$I WHEN $3 THEN $2 ELSE %1$I END'
                   ELSE CASE c.col WHEN 'skills' THEN '%1$I = ARRAY[]::varchar[]'
                                   ELSE '%1$I = ''''' END END, c.col), ', ') AS sets,
               CASE c.key WHEN 'record_id' THEN
                   'record_id IN (SELECT id FROM volunteers_servicerecord WHERE volunteer_id = $1)'
                   ELSE format('%I = $1', c.key) END AS theirs
        FROM volunteers_personal_columns() AS c GROUP BY c.tab, c.key
    LOOP
        IF place.tab <> 'volunteers_volunteer' THEN
            EXECUTE format('UPDATE %I SET %s WHERE %s', place.tab, place.sets, place.theirs)
                USING person, called, was;
        END IF;
        IF place.has_history THEN
            EXECUTE format(
                'UPDATE %I SET %s, pgh_context = CASE pgh_context ->> ''label'' WHEN $3 THEN'
                ' jsonb_set(pgh_context, ''{{label}}'', to_jsonb($2)) ELSE pgh_context END %s'
                ' WHERE pgh_obj_id IN (SELECT id FROM %I WHERE %s) AND %s',
                place.tab || 'history', place.sets,
                CASE place.key WHEN 'id' THEN
                    ', birth_date = make_date(extract(year FROM birth_date)::int, 1, 1)'
                    ELSE '' END,
                place.tab, place.theirs,
                CASE place.key WHEN 'id' THEN 'true' ELSE place.theirs END)
                USING person, called, was;
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION volunteers_seal_names(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_seal_names(bigint, text) TO {Role.JOB};
"""

NO_SEAL = "DROP FUNCTION volunteers_seal_names(bigint, text);"


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0011_own"),
    ]

    operations = [
        migrations.RunSQL(ONLY_SEALED, NOT_ONLY_SEALED),
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(SEAL, NO_SEAL),
    ]

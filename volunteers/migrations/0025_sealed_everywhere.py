"""Whoever is sealed away leaves certificates, sign-ups and what came by a merge as well."""

from importlib import import_module

from django.db import migrations

from core.tenancy.roles import Role
from volunteers.registry.ownership import InstallReferences

SEALING = import_module("volunteers.migrations.0012_sealing")

# As before, and in the histories of rows that a merge gave to the entry that stays what they said
# while they were this entry's. Histories have no index on the person, so the rows name them.
SEAL = f"""
CREATE OR REPLACE FUNCTION volunteers_seal_names(person bigint, was text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    called text;
    survivor bigint;
    place record;
BEGIN
    SELECT v.name, coalesce(v.merged_into_id, v.id) INTO called, survivor
        FROM volunteers_volunteer v LEFT JOIN volunteers_volunteer s ON s.id = v.merged_into_id
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
                   ELSE format('%I = $1', c.key) END AS theirs,
               CASE c.key WHEN 'volunteer_id' THEN 'volunteer_id IN ($1, $4)' END AS or_moved
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
                place.tab, coalesce(place.or_moved, place.theirs),
                CASE place.key WHEN 'id' THEN 'true' ELSE place.theirs END)
                USING person, called, was, survivor;
        END IF;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION volunteers_seal_names(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_seal_names(bigint, text) TO {Role.JOB};
"""
AS_BEFORE = SEALING.SEAL.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    """Histories made since 0012 bear the one change of who is sealed away from here on."""

    dependencies = [("volunteers", "0024_devices")]

    operations = [
        InstallReferences(),
        migrations.RunSQL(SEALING.APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(SEAL, AS_BEFORE),
    ]

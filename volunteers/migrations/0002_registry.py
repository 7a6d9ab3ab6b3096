"""Keys drawn before their rows, and visitors found by number and name."""

from django.db import migrations

from core.tenancy.roles import STAFF_ROLES, Role

STAFF = ", ".join(STAFF_ROLES)
STAFF_AND_JOB = ", ".join([*STAFF_ROLES, Role.JOB])

# An import draws keys first: identifiers are sealed for the key of their row, and a row that was
# not taken is known by its key.
KEYS = f"""
GRANT USAGE ON SEQUENCE volunteers_volunteer_id_seq TO {STAFF_AND_JOB};
GRANT USAGE ON SEQUENCE volunteers_servicerecord_id_seq TO {STAFF_AND_JOB};
"""

NO_KEYS = f"""
REVOKE USAGE ON SEQUENCE volunteers_volunteer_id_seq FROM {STAFF_AND_JOB};
REVOKE USAGE ON SEQUENCE volunteers_servicerecord_id_seq FROM {STAFF_AND_JOB};
"""

# Runs as the owner, past the policies: who knows a person's identity number (by its blind index)
# and name learns the key and the portal number, and nothing else. Both must be exact. An entry
# that was merged (w) leads to the one that stays (v).
VISITORS = f"""
CREATE FUNCTION volunteers_find_visitors(number_indexes bytea[], names text[])
RETURNS TABLE (place bigint, id bigint, number varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asked.place, v.id, w.number
    FROM unnest(number_indexes, names) WITH ORDINALITY AS asked (number_index, name, place)
    JOIN volunteers_volunteeridentity i ON i.number_index = asked.number_index
    JOIN volunteers_volunteer w ON w.id = i.volunteer_id
    JOIN volunteers_volunteer v ON v.id = coalesce(w.merged_into_id, w.id)
    WHERE lower(w.name) = lower(asked.name) AND v.state <> 'withdrawn'
$$;
REVOKE ALL ON FUNCTION volunteers_find_visitors(bytea[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_find_visitors(bytea[], text[]) TO {STAFF};
"""
NO_VISITORS = "DROP FUNCTION volunteers_find_visitors(bytea[], text[]);"


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(VISITORS, NO_VISITORS),
    ]

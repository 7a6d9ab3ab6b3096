"""Portal numbers from a sequence, keys drawn before their rows, visitors found by number and name."""

from django.db import migrations, models

import volunteers.registry.models
from core.tenancy.roles import STAFF_ROLES, Role

STAFF = ", ".join(STAFF_ROLES)
STAFF_AND_JOB = ", ".join([*STAFF_ROLES, Role.JOB])

# A number's last digit is its check digit (ISO/IEC 7064, MOD 11,10), so that a mistyped one is
# nobody's. Nine digits before it are enough for 900 million volunteers.
NUMBERS = f"""
CREATE SEQUENCE volunteers_number_seq START 100000001 MINVALUE 100000001 MAXVALUE 999999999;
CREATE FUNCTION volunteers_next_number() RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    digits text := nextval('volunteers_number_seq');
    product int := 10;
    total int;
BEGIN
    FOR place IN 1 .. length(digits) LOOP
        total := (product + substr(digits, place, 1)::int) % 10;
        IF total = 0 THEN
            total := 10;
        END IF;
        product := total * 2 % 11;
    END LOOP;
    RETURN digits || (11 - product) % 10;
END $$;
REVOKE ALL ON FUNCTION volunteers_next_number() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_next_number() TO {STAFF_AND_JOB};
GRANT USAGE ON SEQUENCE volunteers_number_seq TO {STAFF_AND_JOB};
"""
NO_NUMBERS = """
DROP FUNCTION volunteers_next_number();
DROP SEQUENCE volunteers_number_seq;
"""

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
# and name learns the key and the portal number, and nothing else. Both must be exact.
VISITORS = f"""
CREATE FUNCTION volunteers_find_visitors(number_indexes bytea[], names text[])
RETURNS TABLE (place bigint, id bigint, number varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asked.place, v.id, v.number
    FROM unnest(number_indexes, names) WITH ORDINALITY AS asked (number_index, name, place)
    JOIN volunteers_volunteeridentity i ON i.number_index = asked.number_index
    JOIN volunteers_volunteer v ON v.id = i.volunteer_id
    WHERE lower(v.name) = lower(asked.name) AND v.state <> 'withdrawn'
$$;
REVOKE ALL ON FUNCTION volunteers_find_visitors(bytea[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_find_visitors(bytea[], text[]) TO {STAFF};
"""
NO_VISITORS = "DROP FUNCTION volunteers_find_visitors(bytea[], text[]);"


class Migration(migrations.Migration):
    """The order matters: the column's default calls the function."""

    dependencies = [("volunteers", "0004_hours_queue")]

    operations = [
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.RunSQL(KEYS, NO_KEYS),
        migrations.RunSQL(VISITORS, NO_VISITORS),
        migrations.AlterField(
            model_name="volunteer",
            name="number",
            field=models.CharField(
                db_default=volunteers.registry.models.NextVolunteerNumber(),
                editable=False,
                max_length=12,
                unique=True,
                verbose_name="portal number",
            ),
        ),
        migrations.AlterField(
            model_name="volunteerhistory",
            name="number",
            field=models.CharField(
                db_default=volunteers.registry.models.NextVolunteerNumber(),
                editable=False,
                max_length=12,
                verbose_name="portal number",
            ),
        ),
    ]

"""Statement triggers that mark what is to be counted anew."""

from django.db import migrations

CLOCK = "INSERT INTO volunteers_recountclock (id, as_of) VALUES (1, 'epoch')"

# Statement triggers: transition tables belong to one event each, and one mark a committee's month
# is enough however many rows changed.
MARKING = """
CREATE FUNCTION volunteers_mark_hours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)
        SELECT 'hours', committee_id, date_trunc('month', served_on)::date, clock_timestamp()
        FROM old_rows WHERE state = 'confirmed' GROUP BY 2, 3;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)
        SELECT 'hours', committee_id, date_trunc('month', served_on)::date, clock_timestamp()
        FROM new_rows WHERE state = 'confirmed' GROUP BY 2, 3;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION volunteers_mark_registry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)
        SELECT 'registry', committee_id, date_trunc('month', registered_on)::date, clock_timestamp()
        FROM old_rows WHERE state = 'active' GROUP BY 2, 3;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)
        SELECT 'registry', committee_id, date_trunc('month', registered_on)::date, clock_timestamp()
        FROM new_rows WHERE state = 'active' GROUP BY 2, 3;
    END IF;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER mark_{subject}_{event} AFTER {event} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_mark_{subject}();
"""
    for subject, table in (
        ("hours", "volunteers_servicerecord"),
        ("registry", "volunteers_volunteer"),
    )
    for event, rows in (
        ("insert", "NEW TABLE AS new_rows"),
        ("update", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        ("delete", "OLD TABLE AS old_rows"),
    )
)

UNMARKING = """
DROP FUNCTION volunteers_mark_hours() CASCADE;
DROP FUNCTION volunteers_mark_registry() CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0002_registry"),
    ]

    operations = [
        migrations.RunSQL(CLOCK, migrations.RunSQL.noop),
        migrations.RunSQL(MARKING, UNMARKING),
    ]

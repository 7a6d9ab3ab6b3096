"""The published outcome of a spot check stands."""

from django.db import migrations

STANDS = """
CREATE FUNCTION volunteers_spot_check_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'volunteers_spotcheck' THEN
        IF OLD.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'The outcome is published.' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF (SELECT published_at FROM volunteers_spotcheck WHERE id = OLD.check_of_id) IS NOT NULL THEN
        RAISE EXCEPTION 'The outcome is published.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER spot_check_stands BEFORE UPDATE ON volunteers_spotcheck
    FOR EACH ROW EXECUTE FUNCTION volunteers_spot_check_stands();
CREATE TRIGGER spot_check_stands BEFORE UPDATE ON volunteers_spotcheckitem
    FOR EACH ROW EXECUTE FUNCTION volunteers_spot_check_stands();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0007_merges"),
    ]

    operations = [
        migrations.RunSQL(STANDS, "DROP FUNCTION volunteers_spot_check_stands() CASCADE"),
    ]

"""Who asked to be erased, or said “this is not me”, is taken up again by nobody else."""

from django.db import migrations

GUARD = """
-- As its owner: whether somebody asked is not a matter of who may read the request.
CREATE FUNCTION volunteers_own_will_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM volunteers_privacyrequest r
        WHERE r.volunteer_id = NEW.id AND r.kind IN ('erasure', 'disowned') AND r.state = 'open'
    ) THEN
        RAISE EXCEPTION 'only the person takes this back'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'volunteer_own_will';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION volunteers_own_will_stands() FROM PUBLIC;
CREATE TRIGGER own_will_stands BEFORE UPDATE OF state ON volunteers_volunteer FOR EACH ROW
    WHEN (OLD.state = 'withdrawn' AND NEW.state IN ('active', 'paused'))
    EXECUTE FUNCTION volunteers_own_will_stands();
"""


class Migration(migrations.Migration):
    """The guard, below what Python says nicely."""

    dependencies = [("volunteers", "0022_answers")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP TRIGGER own_will_stands ON volunteers_volunteer;"
            " DROP FUNCTION volunteers_own_will_stands();",
        )
    ]

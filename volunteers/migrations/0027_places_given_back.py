"""Who pauses or leaves gives back the places of that time, whoever called."""

from django.db import migrations

GIVE_BACK = """
-- As its owner: the call may be another committee's, and nobody else would learn of the leave.
CREATE FUNCTION volunteers_give_places_back() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE volunteers_signup s SET state = 'withdrawn', ended_at = now(), offered_until = NULL
    FROM volunteers_shift h
    WHERE s.volunteer_id = NEW.id AND s.state IN ('placed', 'waiting', 'offered')
      AND h.id = s.shift_id AND h.starts_at > now()
      AND (NEW.state <> 'paused' OR NEW.back_on IS NULL
           OR h.starts_at < NEW.back_on::timestamp AT TIME ZONE 'Asia/Shanghai');
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_give_places_back() FROM PUBLIC;
-- A merge leaves a place that stands where it is: the person still comes.
CREATE TRIGGER places_given_back AFTER UPDATE OF state ON volunteers_volunteer FOR EACH ROW
    WHEN (NEW.state NOT IN ('active', 'merged') AND OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION volunteers_give_places_back();
"""


class Migration(migrations.Migration):
    """The trigger; places that had been kept are given back once."""

    dependencies = [("volunteers", "0026_guardian_index")]

    operations = [
        migrations.RunSQL(
            GIVE_BACK,
            "DROP TRIGGER places_given_back ON volunteers_volunteer;"
            " DROP FUNCTION volunteers_give_places_back();",
        ),
        migrations.RunSQL(
            """
            UPDATE volunteers_signup s SET state = 'withdrawn', ended_at = now(),
                   offered_until = NULL
            FROM volunteers_shift h, volunteers_volunteer v
            WHERE h.id = s.shift_id AND h.starts_at > now() AND v.id = s.volunteer_id
              AND v.state IN ('withdrawn', 'erased')
              AND s.state IN ('placed', 'waiting', 'offered')
            """,
            migrations.RunSQL.noop,
        ),
    ]

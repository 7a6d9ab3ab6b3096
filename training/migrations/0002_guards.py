"""Who reaches what, and places that the database gives."""

from importlib import import_module

from django.db import migrations

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences

SEALING = import_module("volunteers.migrations.0012_sealing")

# A volunteer sees no other enrolment, so places are counted by the owner. Whoever enrols in the same
# session waits for its row; the order of the line is the order of ids.
PLACES = """
CREATE FUNCTION training_has_room(asked bigint) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE e.state = 'placed') < (
               SELECT s.places FROM training_session s WHERE s.id = asked)
           AND count(*) FILTER (WHERE e.state = 'waiting') = 0
    FROM training_enrolment e WHERE e.session_id = asked
$$;
REVOKE ALL ON FUNCTION training_has_room(bigint) FROM PUBLIC;
CREATE FUNCTION training_give_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    IF NEW.state NOT IN ('asked', 'waiting', 'placed') THEN
        RETURN NEW;
    END IF;
    SELECT s.enrolment, s.starts_at > now() AND s.cancelled_at IS NULL AS is_open INTO held
    FROM training_session s WHERE s.id = NEW.session_id FOR UPDATE;
    IF held.is_open IS NOT TRUE THEN
        RAISE EXCEPTION 'enrolment is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_open';
    END IF;
    -- The number that was drawn before the wait may be lower than that of who came first.
    NEW.id := nextval(pg_get_serial_sequence('training_enrolment', 'id'));
    NEW.state := CASE
        WHEN held.enrolment <> 'open'
            AND nullif(current_setting('portal.volunteer', true), '') IS NOT NULL THEN 'asked'
        WHEN training_has_room(NEW.session_id) THEN 'placed'
        ELSE 'waiting'
    END;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION training_give_place() FROM PUBLIC;
CREATE TRIGGER give_place BEFORE INSERT ON training_enrolment
    FOR EACH ROW EXECUTE FUNCTION training_give_place();
CREATE FUNCTION training_keep_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state <> OLD.state AND NEW.state <> 'withdrawn' AND pg_trigger_depth() = 1
        AND nullif(current_setting('portal.volunteer', true), '') IS NOT NULL THEN
        RAISE EXCEPTION 'one gives the own place back, and writes nothing else'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolment_withdrawn_only';
    END IF;
    IF OLD.state IN ('asked', 'placed') AND NEW.state <> OLD.state THEN
        PERFORM FROM training_session s WHERE s.id = NEW.session_id FOR UPDATE;
        IF OLD.state = 'asked' AND NEW.state = 'placed'
            AND NOT training_has_room(NEW.session_id) THEN
            NEW.state := 'waiting';
        END IF;
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION training_keep_places() FROM PUBLIC;
CREATE TRIGGER keep_places BEFORE UPDATE OF state ON training_enrolment
    FOR EACH ROW EXECUTE FUNCTION training_keep_places();
CREATE FUNCTION training_pass_place_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state = 'placed' AND NEW.state IN ('withdrawn', 'refused') THEN
        UPDATE training_enrolment SET state = 'placed' WHERE id = (
            SELECT min(e.id) FROM training_enrolment e
            JOIN training_session s ON s.id = e.session_id
            WHERE e.session_id = NEW.session_id AND e.state = 'waiting' AND s.starts_at > now());
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION training_pass_place_on() FROM PUBLIC;
CREATE TRIGGER pass_place_on AFTER UPDATE OF state ON training_enrolment
    FOR EACH ROW EXECUTE FUNCTION training_pass_place_on();
"""
_UNDO = """
DROP FUNCTION training_pass_place_on() CASCADE;
DROP FUNCTION training_keep_places() CASCADE;
DROP FUNCTION training_give_place() CASCADE;
DROP FUNCTION training_has_room(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0001_initial'),
    ]

    operations = [
        InstallPolicies("training.requirements.policies.TABLES"),
        migrations.RunSQL(PLACES, _UNDO),
        InstallReferences(),
        migrations.RunSQL(SEALING.APPEND_ONLY, migrations.RunSQL.noop),
    ]

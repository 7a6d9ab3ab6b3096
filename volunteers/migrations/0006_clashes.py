"""Numbers registered elsewhere: the request of one side, the notice of the other."""

from django.db import migrations

from core.tenancy.roles import STAFF_ROLES, Role

STAFF = ", ".join(STAFF_ROLES)
STAFF_AND_PERSON = ", ".join([*STAFF_ROLES, Role.VOLUNTEER])

# As the owner: whoever asks must not learn whether there is somebody to be told.
TELL = """
CREATE FUNCTION volunteers_tell_holder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO volunteers_clashnotice (
        committee_id, request_id, volunteer_id, asking_name, name, reason, asked_at, state,
        outcome, note, answered_by_label)
    SELECT v.committee_id, NEW.id, v.id, c.full_name, NEW.name, NEW.reason, NEW.asked_at,
           'waiting', '', '', ''
    FROM volunteers_volunteeridentity i JOIN volunteers_volunteer v ON v.id = i.volunteer_id
    CROSS JOIN organizations_committee c
    WHERE i.number_index = NEW.number_index AND c.path = NEW.committee_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_tell_holder() FROM PUBLIC;
CREATE TRIGGER tell_holder AFTER INSERT ON volunteers_clashrequest
    FOR EACH ROW EXECUTE FUNCTION volunteers_tell_holder();
"""

NO_TELL = """
DROP TRIGGER tell_holder ON volunteers_clashrequest;
DROP FUNCTION volunteers_tell_holder();
"""

# The caller has the number's holder in reach, or is the holder. A transfer needs the asking
# committee's agreement as any other does: here it is only asked for.
SETTLE = f"""
CREATE FUNCTION volunteers_settle_clash(told bigint, how text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    n volunteers_clashnotice;
    r volunteers_clashrequest;
    v volunteers_volunteer;
    side text;
    checking bigint;
BEGIN
    SELECT p.* INTO v FROM volunteers_volunteer p
        WHERE p.id = (SELECT volunteer_id FROM volunteers_clashnotice WHERE id = told) FOR UPDATE;
    SELECT * INTO n FROM volunteers_clashnotice WHERE id = told FOR UPDATE;
    side := CASE WHEN volunteers_is_self(n.volunteer_id) THEN 'person'
                 WHEN volunteers_acts_for(n.committee_id) THEN 'origin' END;
    IF n.id IS NULL OR side IS NULL OR how NOT IN ('transfer', 'visitor', 'mistake', 'same', 'two')
        OR (side = 'person' AND how = 'visitor') THEN
        RETURN 'not_yours';
    END IF;
    IF n.state <> 'waiting' THEN
        RETURN 'answered';
    END IF;
    IF (n.pair_id IS NULL) = (how IN ('same', 'two')) THEN
        RETURN 'other_words';
    END IF;
    IF n.pair_id IS NOT NULL THEN
        UPDATE volunteers_clashnotice SET state = 'answered', outcome = how, note = why,
            answered_by_label = volunteers_acting_label(), answered_at = statement_timestamp()
            WHERE id = n.id;
        -- The person knows; of two committees each knows one half.
        IF how = 'two' AND (side = 'person' OR NOT EXISTS (
                SELECT FROM volunteers_clashnotice o
                WHERE o.pair_id = n.pair_id AND o.id <> n.id AND o.outcome <> 'two')) THEN
            UPDATE volunteers_duplicatepair p SET dismissed_at = statement_timestamp(),
                dismissed_by_label = volunteers_acting_label(),
                dismiss_reason = volunteers_settle_clash.why
                WHERE p.id = n.pair_id AND dismissed_at IS NULL;
            UPDATE volunteers_clashnotice
                SET state = 'withdrawn', answered_at = statement_timestamp()
                WHERE pair_id = n.pair_id AND state = 'waiting';
        END IF;
        RETURN '';
    END IF;
    SELECT * INTO r FROM volunteers_clashrequest WHERE id = n.request_id FOR UPDATE;
    IF how = 'transfer' THEN
        IF v.state NOT IN ('active', 'paused') THEN
            RETURN 'not_serving';
        END IF;
        IF NOT volunteers_takes_volunteers(r.committee_id) THEN
            RETURN 'no_place';
        END IF;
        INSERT INTO volunteers_transfer (
            volunteer_id, volunteer_name, volunteer_number, origin_id, origin_name,
            destination_id, destination_name, asked_side, asked_by_label, asked_at, reason,
            state, answered_by_label, answer)
        SELECT v.id, v.name, v.number, o.path, o.full_name, r.committee_id, n.asking_name, side,
               volunteers_acting_label(), statement_timestamp(), r.reason, 'waiting', '', ''
        FROM organizations_committee o WHERE o.path = v.committee_id
        ON CONFLICT (volunteer_id, destination_id) WHERE state = 'waiting' DO NOTHING;
    END IF;
    IF how = 'mistake' THEN
        -- Two people and one number: somebody has to look at the documents.
        INSERT INTO volunteers_privacyrequest (
            volunteer_id, committee_id, kind, message, state, state_before, asked_by_label,
            asked_at, answer, answered_by_label)
        VALUES (v.id, v.committee_id, 'number',
                left(n.asking_name || '：' || n.name || '。' || n.reason, 300), 'open', '',
                left(n.asking_name, 60), statement_timestamp(), '', '')
        ON CONFLICT (volunteer_id, kind) WHERE state = 'open' DO NOTHING;
        SELECT q.id INTO checking FROM volunteers_privacyrequest q
            WHERE q.volunteer_id = v.id AND q.kind = 'number' AND q.state = 'open';
    END IF;
    UPDATE volunteers_clashnotice SET state = 'answered', outcome = how, note = why,
        answered_by_label = volunteers_acting_label(), answered_at = statement_timestamp(),
        check_of_number_id = checking
        WHERE id = n.id;
    UPDATE volunteers_clashrequest SET state = 'answered', outcome = how, note = why,
        answered_at = statement_timestamp()
        WHERE id = r.id;
    RETURN '';
END $$;
REVOKE ALL ON FUNCTION volunteers_settle_clash(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_settle_clash(bigint, text, text) TO {STAFF_AND_PERSON};
"""

NO_SETTLE = "DROP FUNCTION volunteers_settle_clash(bigint, text, text);"

WITHDRAW = f"""
CREATE FUNCTION volunteers_withdraw_clash(asked bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r volunteers_clashrequest;
BEGIN
    -- In the order of `volunteers_settle_clash`: the notice, then the request.
    PERFORM FROM volunteers_clashnotice WHERE request_id = asked FOR UPDATE;
    SELECT * INTO r FROM volunteers_clashrequest WHERE id = asked FOR UPDATE;
    IF volunteers_acts_for(r.committee_id) IS NOT TRUE THEN
        RETURN 'not_yours';
    END IF;
    IF r.state <> 'waiting' THEN
        RETURN 'answered';
    END IF;
    UPDATE volunteers_clashrequest
        SET state = 'withdrawn', answered_at = statement_timestamp() WHERE id = asked;
    UPDATE volunteers_clashnotice
        SET state = 'withdrawn', answered_at = statement_timestamp() WHERE request_id = asked;
    RETURN '';
END $$;
REVOKE ALL ON FUNCTION volunteers_withdraw_clash(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_withdraw_clash(bigint) TO {STAFF};
"""

NO_WITHDRAW = "DROP FUNCTION volunteers_withdraw_clash(bigint);"

# A pair between two counties: either is asked about its own entry and told of no other.
TELL_BOTH = """
CREATE FUNCTION volunteers_tell_both_sides() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO volunteers_clashnotice (
        committee_id, pair_id, volunteer_id, asking_name, name, reason, asked_at, state, outcome,
        note, answered_by_label)
    SELECT v.committee_id, NEW.id, v.id, '', v.name, NEW.why, NEW.found_at, 'waiting', '', '', ''
    FROM volunteers_volunteer v
    WHERE v.id IN (NEW.first_id, NEW.second_id)
      AND (SELECT count(DISTINCT o.tier3) FROM volunteers_volunteer o
           WHERE o.id IN (NEW.first_id, NEW.second_id)) = 2;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_tell_both_sides() FROM PUBLIC;
CREATE TRIGGER tell_both_sides AFTER INSERT ON volunteers_duplicatepair
    FOR EACH ROW EXECUTE FUNCTION volunteers_tell_both_sides();
"""

NO_TELL_BOTH = """
DROP TRIGGER tell_both_sides ON volunteers_duplicatepair;
DROP FUNCTION volunteers_tell_both_sides();
"""

# Free is a number that was put right there and that nobody has any more.
CHECKED = """
CREATE FUNCTION volunteers_number_checked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE volunteers_clashrequest r
        SET outcome = CASE WHEN NEW.state = 'done' AND NOT EXISTS (
                SELECT FROM volunteers_volunteeridentity i WHERE i.number_index = r.number_index)
                THEN 'freed' ELSE 'checked' END,
            note = left(NEW.answer, 200), answered_at = statement_timestamp()
        FROM volunteers_clashnotice n
        WHERE n.check_of_number_id = NEW.id AND r.id = n.request_id;
    UPDATE volunteers_clashnotice n SET outcome = r.outcome, note = r.note
        FROM volunteers_clashrequest r
        WHERE n.check_of_number_id = NEW.id AND r.id = n.request_id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_number_checked() FROM PUBLIC;
CREATE TRIGGER number_checked AFTER UPDATE OF state ON volunteers_privacyrequest
    FOR EACH ROW
    WHEN (OLD.state = 'open' AND NEW.state IN ('done', 'declined') AND NEW.kind = 'number')
    EXECUTE FUNCTION volunteers_number_checked();
"""

NOT_CHECKED = """
DROP TRIGGER number_checked ON volunteers_privacyrequest;
DROP FUNCTION volunteers_number_checked();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0005_transfers"),
    ]

    operations = [
        migrations.RunSQL(TELL, NO_TELL),
        migrations.RunSQL(SETTLE, NO_SETTLE),
        migrations.RunSQL(WITHDRAW, NO_WITHDRAW),
        migrations.RunSQL(TELL_BOTH, NO_TELL_BOTH),
        migrations.RunSQL(CHECKED, NOT_CHECKED),
    ]

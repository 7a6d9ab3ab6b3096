"""Transfers between committees: asked, answered and carried out by functions that check all."""

from django.db import migrations

from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.ownership import InstallReferences

STAFF = ", ".join(STAFF_ROLES)
STAFF_AND_PERSON = ", ".join([*STAFF_ROLES, Role.VOLUNTEER])

# Whoever moves a person (entry, transfer, many at once): what belongs to the person's committee
# goes along, what was to be decided there lapses, and other requests have lost their origin.
# As the owner, because the new committee's rows are out of the old one's reach.
CARRY = """
CREATE FUNCTION volunteers_carry_along() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    refers record;
BEGIN
    FOR refers IN SELECT * FROM volunteers_references() AS r WHERE r.follows LOOP
        EXECUTE format('UPDATE %I SET committee_id = $1 WHERE %I = $2', refers.tab, refers.col)
            USING NEW.committee_id, NEW.id;
    END LOOP;
    UPDATE volunteers_revealapproval SET state = 'lapsed'
        WHERE volunteer_id = NEW.id AND state IN ('asked', 'approved');
    UPDATE volunteers_transfer
        SET state = 'overtaken', answered_at = statement_timestamp()
        WHERE volunteer_id = NEW.id AND state = 'waiting';
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_carry_along() FROM PUBLIC;
CREATE TRIGGER carry_along AFTER UPDATE OF committee_id ON volunteers_volunteer
    FOR EACH ROW WHEN (OLD.committee_id IS DISTINCT FROM NEW.committee_id)
    EXECUTE FUNCTION volunteers_carry_along();
"""

NO_CARRY = """
DROP TRIGGER carry_along ON volunteers_volunteer;
DROP FUNCTION volunteers_carry_along();
"""

# Asked by the functions below only; no role may call it.
ACTS_FOR = """
CREATE FUNCTION volunteers_acts_for(path text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT current_setting('role') ~ '^portal_tier[1-4]$'
       AND current_setting('portal.committee', true) ~ '^([0-9a-z]{4}){1,4}$'
       AND starts_with(path, current_setting('portal.committee', true))
       AND EXISTS (
           SELECT FROM organizations_membership m JOIN organizations_user u ON u.id = m.user_id
           WHERE m.user_id = nullif(current_setting('portal.user', true), '')::bigint
             AND m.committee_id = current_setting('portal.committee', true)
             AND m.role IN ('secretary', 'officer') AND m.revoked_at IS NULL AND u.is_active)
$$;
REVOKE ALL ON FUNCTION volunteers_acts_for(text) FROM PUBLIC;
CREATE FUNCTION volunteers_is_self(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT current_setting('role') = 'portal_volunteer'
       AND person = nullif(current_setting('portal.volunteer', true), '')::bigint
       AND EXISTS (
           SELECT FROM organizations_user u
           WHERE u.id = nullif(current_setting('portal.user', true), '')::bigint AND u.is_active
             AND (u.volunteer_id = person OR EXISTS (
                 SELECT FROM organizations_familytie f
                 WHERE f.user_id = u.id AND f.volunteer_id = person AND f.ended_at IS NULL
                   AND f.until > current_date)))
$$;
REVOKE ALL ON FUNCTION volunteers_is_self(bigint) FROM PUBLIC;
"""

NO_ACTS_FOR = """
DROP FUNCTION volunteers_acts_for(text);
DROP FUNCTION volunteers_is_self(bigint);
"""

# Gives away public facts only: code and name of committees that take volunteers.
PLACES = f"""
CREATE FUNCTION volunteers_transfer_places(words text)
RETURNS TABLE (code varchar, full_name varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.code, c.full_name FROM organizations_committee c
    WHERE words <> ''
      AND (starts_with(c.name, words) OR starts_with(c.code, words)
           OR starts_with(c.initials, lower(words))
           OR starts_with(replace(c.pinyin, ' ', ''), lower(words)))
      AND volunteers_takes_volunteers(c.path)
    ORDER BY length(c.name), c.code LIMIT 20
$$;
REVOKE ALL ON FUNCTION volunteers_transfer_places(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_transfer_places(text) TO {STAFF_AND_PERSON};
"""

NO_PLACES = "DROP FUNCTION volunteers_transfer_places(text);"

TAKES = """
CREATE FUNCTION volunteers_takes_volunteers(path text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM organizations_committee c
        WHERE c.path = $1 AND coalesce(c.closed_on > current_date, true)
          AND coalesce(c.opened_on <= current_date + 1, true)
          AND (c.level = 'township' OR NOT EXISTS (
              SELECT FROM organizations_committee b
              WHERE b.parent_id = c.path AND coalesce(b.closed_on > current_date, true))))
$$;
REVOKE ALL ON FUNCTION volunteers_takes_volunteers(text) FROM PUBLIC;
"""

NO_TAKES = "DROP FUNCTION volunteers_takes_volunteers(text);"

ASK = f"""
CREATE FUNCTION volunteers_ask_transfer(
    person bigint, target text, why text, OUT made bigint, OUT problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v volunteers_volunteer;
    origin organizations_committee;
    destination organizations_committee;
    side text;
BEGIN
    SELECT * INTO v FROM volunteers_volunteer WHERE id = person FOR UPDATE;
    IF volunteers_is_self(v.id) THEN
        side := 'person';
    ELSIF volunteers_acts_for(v.committee_id) THEN
        side := 'origin';
    ELSE
        problem := 'unknown';
        RETURN;
    END IF;
    SELECT * INTO origin FROM organizations_committee WHERE path = v.committee_id;
    SELECT * INTO destination FROM organizations_committee WHERE code = target;
    problem := CASE
        WHEN v.state NOT IN ('active', 'paused') THEN 'not_serving'
        WHEN coalesce(why, '') = '' OR destination.path IS NULL
             OR NOT volunteers_takes_volunteers(destination.path) THEN 'no_place'
        WHEN destination.path = v.committee_id THEN 'same_place'
        WHEN side = 'origin' AND volunteers_acts_for(destination.path) THEN 'both_yours'
    END;
    IF problem IS NOT NULL THEN
        RETURN;
    END IF;
    INSERT INTO volunteers_transfer (
        volunteer_id, volunteer_name, volunteer_number, origin_id, origin_name,
        destination_id, destination_name, asked_side, asked_by_label, asked_at, reason, state,
        answered_by_label, answer)
    VALUES (
        v.id, v.name, v.number, origin.path, origin.full_name,
        destination.path, destination.full_name, side, volunteers_acting_label(),
        statement_timestamp(), why, 'waiting', '', '')
    ON CONFLICT (volunteer_id, destination_id) WHERE state = 'waiting' DO NOTHING
    RETURNING id INTO made;
    IF made IS NULL THEN
        problem := 'already_asked';
    END IF;
END $$;
REVOKE ALL ON FUNCTION volunteers_ask_transfer(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_ask_transfer(bigint, text, text) TO {STAFF_AND_PERSON};
"""

NO_ASK = "DROP FUNCTION volunteers_ask_transfer(bigint, text, text);"

LABEL = """
CREATE FUNCTION volunteers_acting_label() RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(nullif(current_setting('pghistory.context_metadata', true), '')::jsonb
                    ->> 'label', '')
$$;
"""

NO_LABEL = "DROP FUNCTION volunteers_acting_label();"

# The one statement that carries a person out of a scope into another. The request says that the
# person or the present committee wants it; the caller acts for the receiving one.
SETTLE = f"""
CREATE FUNCTION volunteers_settle_transfer(asked bigint, verdict text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    t volunteers_transfer;
    v volunteers_volunteer;
    receives boolean;
    takes_back boolean;
    waits_for_guardian boolean;
BEGIN
    -- The person first, as everybody who moves one does; then the request.
    SELECT p.* INTO v FROM volunteers_volunteer p
        WHERE p.id = (SELECT volunteer_id FROM volunteers_transfer WHERE id = asked) FOR UPDATE;
    SELECT * INTO t FROM volunteers_transfer WHERE id = asked FOR UPDATE;
    receives := volunteers_acts_for(t.destination_id);
    takes_back := volunteers_is_self(t.volunteer_id)
        OR (t.asked_side = 'origin' AND volunteers_acts_for(t.origin_id));
    IF t.id IS NULL
        OR verdict IN ('agree', 'refuse') AND receives IS NOT TRUE
        OR verdict = 'withdraw' AND takes_back IS NOT TRUE
        OR verdict NOT IN ('agree', 'refuse', 'withdraw')
        OR verdict = 'refuse' AND coalesce(why, '') = '' THEN
        RETURN 'not_yours';
    END IF;
    IF t.state <> 'waiting' THEN
        RETURN 'answered';
    END IF;
    waits_for_guardian := t.guardian = 'asked' AND volunteers_is_minor(v.birth_date);
    IF verdict IN ('agree', 'refuse') AND waits_for_guardian THEN
        -- Who does not see the request yet is answered as if there were none.
        RETURN CASE WHEN volunteers_acts_for(t.origin_id) THEN 'guardian_open' ELSE 'not_yours' END;
    END IF;
    IF verdict = 'agree' THEN
        IF v.committee_id <> t.origin_id OR v.state NOT IN ('active', 'paused') THEN
            RETURN 'overtaken';
        END IF;
        IF NOT volunteers_takes_volunteers(t.destination_id) THEN
            RETURN 'closed';
        END IF;
    END IF;
    UPDATE volunteers_transfer
        SET state = CASE verdict WHEN 'agree' THEN 'done' WHEN 'refuse' THEN 'refused'
                                 ELSE 'withdrawn' END,
            answered_by_label = volunteers_acting_label(), answered_at = statement_timestamp(),
            answer = coalesce(why, ''),
            guardian = CASE WHEN waits_for_guardian OR t.guardian <> 'asked' THEN t.guardian
                            ELSE '' END
        WHERE id = t.id;
    IF verdict = 'agree' THEN
        UPDATE volunteers_volunteer SET committee_id = t.destination_id WHERE id = v.id;
    END IF;
    RETURN '';
END $$;
REVOKE ALL ON FUNCTION volunteers_settle_transfer(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_settle_transfer(bigint, text, text) TO {STAFF_AND_PERSON};
"""

NO_SETTLE = "DROP FUNCTION volunteers_settle_transfer(bigint, text, text);"

# Whichever way a transfer is asked for; the day may be eight hours behind the portal's, so that a
# guardian is asked on the birthday rather than not.
ASK_GUARDIAN = """
CREATE FUNCTION volunteers_is_minor(born date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT born > current_date - interval '18 years'
$$;
CREATE FUNCTION volunteers_ask_guardian() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.guardian_name := coalesce(NEW.guardian_name, '');
    NEW.guardian := CASE WHEN volunteers_is_minor(
        (SELECT v.birth_date FROM volunteers_volunteer v WHERE v.id = NEW.volunteer_id))
        THEN 'asked' ELSE '' END;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION volunteers_is_minor(date) FROM PUBLIC;
REVOKE ALL ON FUNCTION volunteers_ask_guardian() FROM PUBLIC;
CREATE TRIGGER ask_guardian BEFORE INSERT ON volunteers_transfer
    FOR EACH ROW EXECUTE FUNCTION volunteers_ask_guardian();
"""

NO_ASK_GUARDIAN = """
DROP TRIGGER ask_guardian ON volunteers_transfer;
DROP FUNCTION volunteers_ask_guardian();
DROP FUNCTION volunteers_is_minor(date);
"""

# For the job that has seen the guardian's code; no other role may call it.
ANSWER = f"""
CREATE FUNCTION volunteers_guardian_answers(asked bigint, agrees boolean, who text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    t volunteers_transfer;
BEGIN
    PERFORM FROM volunteers_volunteer p
        WHERE p.id = (SELECT volunteer_id FROM volunteers_transfer WHERE id = asked) FOR UPDATE;
    SELECT * INTO t FROM volunteers_transfer WHERE id = asked FOR UPDATE;
    IF t.id IS NULL OR t.state <> 'waiting' OR t.guardian <> 'asked' THEN
        RETURN 'answered';
    END IF;
    UPDATE volunteers_transfer
        SET guardian = CASE WHEN agrees THEN 'agreed' ELSE 'refused' END,
            guardian_name = who, guardian_at = statement_timestamp(),
            state = CASE WHEN agrees THEN 'waiting' ELSE 'refused' END,
            answered_at = CASE WHEN NOT agrees THEN statement_timestamp() END,
            answered_by_label = CASE WHEN agrees THEN '' ELSE who END
        WHERE id = t.id;
    RETURN '';
END $$;
REVOKE ALL ON FUNCTION volunteers_guardian_answers(bigint, boolean, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_guardian_answers(bigint, boolean, text) TO {Role.JOB};
"""

NO_ANSWER = "DROP FUNCTION volunteers_guardian_answers(bigint, boolean, text);"


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0004_hours"),
    ]

    operations = [
        InstallReferences(),
        migrations.RunSQL(CARRY, NO_CARRY),
        migrations.RunSQL(ACTS_FOR, NO_ACTS_FOR),
        migrations.RunSQL(TAKES, NO_TAKES),
        migrations.RunSQL(PLACES, NO_PLACES),
        migrations.RunSQL(LABEL, NO_LABEL),
        migrations.RunSQL(ASK, NO_ASK),
        migrations.RunSQL(SETTLE, NO_SETTLE),
        migrations.RunSQL(ASK_GUARDIAN, NO_ASK_GUARDIAN),
        migrations.RunSQL(ANSWER, NO_ANSWER),
    ]

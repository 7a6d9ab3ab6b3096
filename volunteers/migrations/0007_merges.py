"""Entries merge and part again, by functions that check that the caller answers for both."""

from django.db import migrations

from core.tenancy.roles import STAFF_ROLES

STAFF = ", ".join(STAFF_ROLES)

# Whatever writes a record for an entry that was merged (an import by the old number, a draft)
# writes it for the one that stays. Those few are found first, whatever plan is kept from a
# small insert: a large one compared with all records, row by row, would not end.
REDIRECT = """
CREATE FUNCTION volunteers_lead_to_survivor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    WITH led AS MATERIALIZED (
        SELECT n.id, v.merged_into_id
        FROM new_rows n JOIN volunteers_volunteer v ON v.id = n.volunteer_id
        WHERE v.merged_into_id IS NOT NULL
    )
    UPDATE volunteers_servicerecord r SET volunteer_id = led.merged_into_id
        FROM led WHERE r.id = led.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_lead_to_survivor() FROM PUBLIC;
CREATE TRIGGER lead_to_survivor AFTER INSERT ON volunteers_servicerecord
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_lead_to_survivor();
"""

NO_REDIRECT = """
DROP TRIGGER lead_to_survivor ON volunteers_servicerecord;
DROP FUNCTION volunteers_lead_to_survivor();
"""

# What the page names beforehand. Of rows that other committees keep only the number is told.
BEFORE = f"""
CREATE FUNCTION volunteers_acts_for_both(one bigint, other bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) = 2 AND bool_and(volunteers_acts_for(committee_id))
    FROM volunteers_volunteer WHERE id IN (one, other)
$$;
REVOKE ALL ON FUNCTION volunteers_acts_for_both(bigint, bigint) FROM PUBLIC;
CREATE FUNCTION volunteers_merge_counts(survivor bigint, merged bigint)
RETURNS TABLE (tab text, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    refers record;
BEGIN
    IF volunteers_acts_for_both(survivor, merged) IS NOT TRUE THEN
        RETURN;
    END IF;
    FOR refers IN SELECT * FROM volunteers_references() AS r WHERE r.moves LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L, count(*) FROM %I WHERE %I = $2 AND (%s)',
            refers.tab || '.' || refers.col, refers.tab, refers.col, refers.settled)
            USING survivor, merged;
    END LOOP;
    RETURN QUERY SELECT 'account.survivor', count(*) FROM organizations_user u
        WHERE u.volunteer_id = survivor;
    RETURN QUERY SELECT 'account.merged', count(*) FROM organizations_user u
        WHERE u.volunteer_id = merged;
END $$;
REVOKE ALL ON FUNCTION volunteers_merge_counts(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_merge_counts(bigint, bigint) TO {STAFF};
CREATE FUNCTION volunteers_merge_collisions(survivor bigint, merged bigint)
RETURNS TABLE (mine bigint, theirs bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN volunteers_acts_for(a.committee_id) THEN a.id END,
           CASE WHEN volunteers_acts_for(b.committee_id) THEN b.id END
    FROM volunteers_servicerecord a JOIN volunteers_servicerecord b ON a.during && b.during
    WHERE a.volunteer_id = survivor AND b.volunteer_id = merged
      AND NOT a.voided AND NOT b.voided AND volunteers_acts_for_both(survivor, merged)
    ORDER BY a.served_on, a.id, b.id
$$;
REVOKE ALL ON FUNCTION volunteers_merge_collisions(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_merge_collisions(bigint, bigint) TO {STAFF};
"""

NOT_BEFORE = """
DROP FUNCTION volunteers_merge_collisions(bigint, bigint);
DROP FUNCTION volunteers_merge_counts(bigint, bigint);
DROP FUNCTION volunteers_acts_for_both(bigint, bigint);
"""

MERGE = f"""
CREATE FUNCTION volunteers_merge_entries(
    stays bigint, goes bigint, twice bigint[], why text, OUT made bigint, OUT problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    a volunteers_volunteer;
    b volunteers_volunteer;
    refers record;
    ids jsonb;
    moved jsonb := '{{}}';
    settled jsonb;
    login organizations_user;
    above text;
BEGIN
    PERFORM FROM volunteers_volunteer WHERE id IN (stays, goes) ORDER BY id FOR UPDATE;
    SELECT * INTO a FROM volunteers_volunteer WHERE id = stays;
    SELECT * INTO b FROM volunteers_volunteer WHERE id = goes;
    problem := CASE
        WHEN stays = goes THEN 'same_entry'
        WHEN volunteers_acts_for_both(stays, goes) IS NOT TRUE OR coalesce(why, '') = ''
            THEN 'not_yours'
        WHEN a.state IN ('merged', 'erased') OR b.state IN ('merged', 'erased')
            THEN 'already_merged'
        WHEN EXISTS (SELECT FROM volunteers_privacyrequest q
                     WHERE q.volunteer_id IN (stays, goes) AND q.state = 'open'
                       AND q.kind IN ('erasure', 'disowned')) THEN 'sealing'
        WHEN EXISTS (SELECT FROM unnest(twice) AS t (id)
                     LEFT JOIN volunteers_servicerecord r ON r.id = t.id
                     WHERE r.id IS NULL OR r.volunteer_id NOT IN (stays, goes) OR r.voided
                        OR volunteers_acts_for(r.committee_id) IS NOT TRUE)
            THEN 'not_voidable'
    END;
    IF problem IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'state', r.state) ORDER BY r.id), '[]')
        INTO settled FROM volunteers_servicerecord r WHERE r.id = ANY (twice);
    UPDATE volunteers_servicerecord SET state = 'void', voided = true, void_reason = why
        WHERE id = ANY (twice);
    problem := CASE
        WHEN EXISTS (SELECT FROM volunteers_servicerecord x JOIN volunteers_servicerecord y
                         ON x.during && y.during
                     WHERE x.volunteer_id = stays AND y.volunteer_id = goes
                       AND NOT x.voided AND NOT y.voided) THEN 'collides'
        WHEN EXISTS (SELECT FROM volunteers_servicerecord r
                     WHERE r.volunteer_id IN (stays, goes) AND NOT r.voided
                     GROUP BY r.served_on HAVING sum(r.minutes) > 1440) THEN 'day_is_full'
    END;
    IF problem IS NOT NULL THEN
        RETURN;
    END IF;
    FOR refers IN SELECT * FROM volunteers_references() AS r WHERE r.moves LOOP
        EXECUTE format(
            'WITH gone AS (UPDATE %I SET %I = $1 %s WHERE %I = $2 AND (%s) RETURNING id)'
            ' SELECT coalesce(jsonb_agg(id ORDER BY id), ''[]'') FROM gone',
            refers.tab, refers.col,
            CASE WHEN refers.follows THEN ', committee_id = $3' ELSE '' END,
            refers.col, refers.settled) INTO ids USING stays, goes, a.committee_id;
        moved := moved || jsonb_build_object(refers.tab || '.' || refers.col, ids);
    END LOOP;
    -- Never handed to the other: if these are two people after all, neither reads the other.
    SELECT * INTO login FROM organizations_user u WHERE u.volunteer_id = goes FOR UPDATE;
    IF login.id IS NOT NULL THEN
        IF EXISTS (SELECT FROM organizations_membership m
                   WHERE m.user_id = login.id AND m.revoked_at IS NULL) THEN
            UPDATE organizations_user SET volunteer_id = NULL WHERE id = login.id;
        ELSE
            UPDATE organizations_user SET is_active = false, session_epoch = session_epoch + 1
                WHERE id = login.id;
        END IF;
    END IF;
    UPDATE volunteers_volunteer SET state = 'merged', merged_into_id = stays WHERE id = goes;
    SELECT max(c.path COLLATE "C") INTO above FROM organizations_committee c
        WHERE starts_with(a.committee_id, c.path) AND starts_with(b.committee_id, c.path);
    INSERT INTO volunteers_merge (
        committee_id, survivor_id, merged_id, survivor_name, survivor_number, merged_name,
        merged_number, merged_state, reason, by_label, at, moved, voided, account,
        undone_by_label, undo_reason)
    VALUES (
        above, stays, goes, a.name, a.number, b.name, b.number, b.state, why,
        volunteers_acting_label(), statement_timestamp(), moved, settled,
        CASE WHEN login.id IS NOT NULL
             THEN jsonb_build_object('id', login.id, 'active', login.is_active) END, '', '')
    RETURNING id INTO made;
END $$;
REVOKE ALL ON FUNCTION volunteers_merge_entries(bigint, bigint, bigint[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_merge_entries(bigint, bigint, bigint[], text) TO {STAFF};
"""

NO_MERGE = "DROP FUNCTION volunteers_merge_entries(bigint, bigint, bigint[], text);"

UNMERGE = f"""
CREATE FUNCTION volunteers_unmerge_entries(which bigint, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    m volunteers_merge;
    b volunteers_volunteer;
    refers record;
BEGIN
    PERFORM FROM volunteers_volunteer v
        WHERE v.id IN (SELECT unnest(ARRAY[survivor_id, merged_id])
                       FROM volunteers_merge WHERE id = which)
        ORDER BY v.id FOR UPDATE;
    SELECT * INTO m FROM volunteers_merge WHERE id = which FOR UPDATE;
    SELECT * INTO b FROM volunteers_volunteer WHERE id = m.merged_id;
    IF m.id IS NULL OR coalesce(why, '') = ''
        OR volunteers_acts_for_both(m.survivor_id, m.merged_id) IS NOT TRUE THEN
        RETURN 'not_yours';
    ELSIF m.undone_at IS NOT NULL THEN
        RETURN 'answered';
    ELSIF m.at < statement_timestamp() - interval '30 days' THEN
        RETURN 'too_late';
    ELSIF b.merged_into_id IS DISTINCT FROM m.survivor_id THEN
        RETURN 'merged_again';
    ELSIF EXISTS (SELECT FROM volunteers_volunteer v
                  WHERE v.id = m.survivor_id AND v.state = 'erased') THEN
        RETURN 'sealed';
    END IF;
    UPDATE volunteers_volunteer SET state = m.merged_state, merged_into_id = NULL WHERE id = b.id;
    FOR refers IN SELECT * FROM volunteers_references() AS r WHERE r.moves LOOP
        EXECUTE format(
            'UPDATE %I SET %I = $1 %s WHERE %I = $2'
            ' AND id IN (SELECT value::bigint FROM jsonb_array_elements_text($3))',
            refers.tab, refers.col,
            CASE WHEN refers.follows THEN ', committee_id = $4' ELSE '' END, refers.col)
            USING m.merged_id, m.survivor_id,
                  coalesce(m.moved -> (refers.tab || '.' || refers.col), '[]'), b.committee_id;
    END LOOP;
    -- What came under the merged number since, corrections of its records among it.
    UPDATE volunteers_servicerecord SET volunteer_id = m.merged_id
        WHERE volunteer_id = m.survivor_id AND volunteer_number = m.merged_number;
    UPDATE volunteers_correctionrequest c SET volunteer_id = m.merged_id
        FROM volunteers_servicerecord r
        WHERE r.id = c.record_id AND r.volunteer_id = m.merged_id
          AND c.volunteer_id = m.survivor_id;
    UPDATE volunteers_servicerecord r SET state = was.state, voided = false, void_reason = ''
        FROM jsonb_to_recordset(m.voided) AS was (id bigint, state text)
        WHERE r.id = was.id AND r.voided;
    IF m.account IS NOT NULL THEN
        UPDATE organizations_user
            SET volunteer_id = m.merged_id, is_active = (m.account ->> 'active')::boolean,
                session_epoch = session_epoch + 1
            WHERE id = (m.account ->> 'id')::bigint
              AND coalesce(volunteer_id, m.merged_id) = m.merged_id;
    END IF;
    UPDATE volunteers_merge SET undone_at = statement_timestamp(),
        undone_by_label = volunteers_acting_label(), undo_reason = why WHERE id = which;
    RETURN '';
END $$;
REVOKE ALL ON FUNCTION volunteers_unmerge_entries(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_unmerge_entries(bigint, text) TO {STAFF};
"""

NO_UNMERGE = "DROP FUNCTION volunteers_unmerge_entries(bigint, text);"


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0006_clashes"),
    ]

    operations = [
        migrations.RunSQL(REDIRECT, NO_REDIRECT),
        migrations.RunSQL(BEFORE, NOT_BEFORE),
        migrations.RunSQL(MERGE, NO_MERGE),
        migrations.RunSQL(UNMERGE, NO_UNMERGE),
    ]

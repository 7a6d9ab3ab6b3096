"""Merges take along all that is the person's; doubles between counties; numbers that are checked."""

import django.db.models.deletion
from django.db import migrations, models

from volunteers.registry.ownership import InstallReferences

# A pair between two counties: either is asked about its own entry and told of no other.
TELL = """
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
NO_TELL = """
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

# As they were, but rows that belong to the person's committee change it with the person, and nobody
# is merged while an erasure runs, nor parted from somebody who has been sealed away.
COUNTS = """
CREATE OR REPLACE FUNCTION volunteers_merge_counts(survivor bigint, merged bigint)
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
"""
COUNTS_AS_BEFORE = """
CREATE OR REPLACE FUNCTION volunteers_merge_counts(survivor bigint, merged bigint)
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
            'SELECT %L, count(*) FROM %I WHERE %I = $1 AND (%s)',
            refers.tab || '.' || refers.col, refers.tab, refers.col, refers.settled)
            USING merged;
    END LOOP;
    RETURN QUERY SELECT 'account.survivor', count(*) FROM organizations_user u
        WHERE u.volunteer_id = survivor;
    RETURN QUERY SELECT 'account.merged', count(*) FROM organizations_user u
        WHERE u.volunteer_id = merged;
END $$;
"""
MERGE = """
CREATE OR REPLACE FUNCTION volunteers_merge_entries(
    stays bigint, goes bigint, twice bigint[], why text, OUT made bigint, OUT problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    a volunteers_volunteer;
    b volunteers_volunteer;
    refers record;
    ids jsonb;
    moved jsonb := '{}';
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
"""
MERGE_AS_BEFORE = """
CREATE OR REPLACE FUNCTION volunteers_merge_entries(
    stays bigint, goes bigint, twice bigint[], why text, OUT made bigint, OUT problem text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    a volunteers_volunteer;
    b volunteers_volunteer;
    refers record;
    ids jsonb;
    moved jsonb := '{}';
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
            'WITH gone AS (UPDATE %I SET %I = $1 WHERE %I = $2 AND (%s) RETURNING id)'
            ' SELECT coalesce(jsonb_agg(id ORDER BY id), ''[]'') FROM gone',
            refers.tab, refers.col, refers.col, refers.settled) INTO ids USING stays, goes;
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
"""
UNMERGE = """
CREATE OR REPLACE FUNCTION volunteers_unmerge_entries(which bigint, why text) RETURNS text
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
"""
UNMERGE_AS_BEFORE = """
CREATE OR REPLACE FUNCTION volunteers_unmerge_entries(which bigint, why text) RETURNS text
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
    END IF;
    UPDATE volunteers_volunteer SET state = m.merged_state, merged_into_id = NULL WHERE id = b.id;
    FOR refers IN SELECT * FROM volunteers_references() AS r WHERE r.moves LOOP
        EXECUTE format(
            'UPDATE %I SET %I = $1 WHERE %I = $2'
            ' AND id IN (SELECT value::bigint FROM jsonb_array_elements_text($3))',
            refers.tab, refers.col, refers.col)
            USING m.merged_id, m.survivor_id,
                  coalesce(m.moved -> (refers.tab || '.' || refers.col), '[]');
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
"""

# As it was, but “not the same person” has the number checked, and the search's own questions are
# answered by one person or two.
SETTLE = """
CREATE OR REPLACE FUNCTION volunteers_settle_clash(told bigint, how text, why text) RETURNS text
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
"""
SETTLE_AS_BEFORE = """
CREATE OR REPLACE FUNCTION volunteers_settle_clash(told bigint, how text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    n volunteers_clashnotice;
    r volunteers_clashrequest;
    v volunteers_volunteer;
    side text;
BEGIN
    SELECT p.* INTO v FROM volunteers_volunteer p
        WHERE p.id = (SELECT volunteer_id FROM volunteers_clashnotice WHERE id = told) FOR UPDATE;
    SELECT * INTO n FROM volunteers_clashnotice WHERE id = told FOR UPDATE;
    side := CASE WHEN volunteers_is_self(n.volunteer_id) THEN 'person'
                 WHEN volunteers_acts_for(n.committee_id) THEN 'origin' END;
    IF n.id IS NULL OR side IS NULL OR how NOT IN ('transfer', 'visitor', 'mistake')
        OR (side = 'person' AND how = 'visitor') THEN
        RETURN 'not_yours';
    END IF;
    IF n.state <> 'waiting' THEN
        RETURN 'answered';
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
    UPDATE volunteers_clashnotice SET state = 'answered', outcome = how, note = why,
        answered_by_label = volunteers_acting_label(), answered_at = statement_timestamp()
        WHERE id = n.id;
    UPDATE volunteers_clashrequest SET state = 'answered', outcome = how, note = why,
        answered_at = statement_timestamp()
        WHERE id = r.id;
    RETURN '';
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0031_imports_name_their_evidence'),
    ]

    operations = [
        migrations.AddField(
            model_name='clashnotice',
            name='check_of_number',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.privacyrequest'),
        ),
        migrations.AddField(
            model_name='clashnotice',
            name='pair',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='volunteers.duplicatepair'),
        ),
        migrations.AlterField(
            model_name='clashnotice',
            name='outcome',
            field=models.CharField(blank=True, choices=[('transfer', 'the volunteer is to be transferred'), ('visitor', 'the volunteer stays registered there; record hours as for a visitor'), ('mistake', 'not the same person; the number is being checked there'), ('freed', 'the number was put right there; register the volunteer now'), ('checked', 'the number was checked against the document and stays there'), ('same', 'the same person, registered twice'), ('two', 'two people')], max_length=8, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='clashnotice',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.clashrequest'),
        ),
        migrations.AlterField(
            model_name='clashrequest',
            name='outcome',
            field=models.CharField(blank=True, choices=[('transfer', 'the volunteer is to be transferred'), ('visitor', 'the volunteer stays registered there; record hours as for a visitor'), ('mistake', 'not the same person; the number is being checked there'), ('freed', 'the number was put right there; register the volunteer now'), ('checked', 'the number was checked against the document and stays there'), ('same', 'the same person, registered twice'), ('two', 'two people')], max_length=8, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='duplicatepair',
            name='why',
            field=models.CharField(choices=[('birth', 'same name and birth date'), ('phone', 'same telephone and name'), ('paper', 'same name and birth date, another kind of document')], max_length=5),
        ),
        migrations.AlterField(
            model_name='privacyrequest',
            name='kind',
            field=models.CharField(choices=[('correction', 'correction of the entry'), ('withdrawal', 'consent withdrawn'), ('guardian', "guardian's consent withdrawn"), ('erasure', 'erasure'), ('disowned', '“this is not me”'), ('number', 'identity number to be checked')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='privacyrequesthistory',
            name='kind',
            field=models.CharField(choices=[('correction', 'correction of the entry'), ('withdrawal', 'consent withdrawn'), ('guardian', "guardian's consent withdrawn"), ('erasure', 'erasure'), ('disowned', '“this is not me”'), ('number', 'identity number to be checked')], max_length=10, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='clashnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pair__isnull', True), ('request__isnull', False)), models.Q(('pair__isnull', False), ('request__isnull', True)), _connector='OR'), name='clash_notice_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='clashnotice',
            constraint=models.UniqueConstraint(fields=('pair', 'volunteer'), name='clash_notice_of_pair_once'),
        ),
        InstallReferences(),
        migrations.RunSQL(TELL, NO_TELL),
        migrations.RunSQL(CHECKED, NOT_CHECKED),
        migrations.RunSQL(COUNTS, COUNTS_AS_BEFORE),
        migrations.RunSQL(MERGE, MERGE_AS_BEFORE),
        migrations.RunSQL(UNMERGE, UNMERGE_AS_BEFORE),
        migrations.RunSQL(SETTLE, SETTLE_AS_BEFORE),
    ]

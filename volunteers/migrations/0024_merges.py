"""Entries merge and part again, by functions that check that the caller answers for both."""

import django.db.models.deletion
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import STAFF_ROLES
from volunteers.registry.ownership import InstallReferences

STAFF = ", ".join(STAFF_ROLES)

# Whatever writes a record for an entry that was merged (an import by the old number, a draft)
# writes it for the one that stays.
REDIRECT = """
CREATE FUNCTION volunteers_lead_to_survivor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE volunteers_servicerecord r SET volunteer_id = v.merged_into_id
        FROM new_rows n JOIN volunteers_volunteer v ON v.id = n.volunteer_id
        WHERE v.merged_into_id IS NOT NULL AND r.id = n.id;
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

# As it was, but an entry that was merged (w) leads to the one that stays (v).
FIND = """
CREATE OR REPLACE FUNCTION volunteers_find_visitors(number_indexes bytea[], names text[])
RETURNS TABLE (place bigint, id bigint, number varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asked.place, v.id, w.number
    FROM unnest(number_indexes, names) WITH ORDINALITY AS asked (number_index, name, place)
    JOIN volunteers_volunteeridentity i ON i.number_index = asked.number_index
    JOIN volunteers_volunteer w ON w.id = i.volunteer_id
    JOIN volunteers_volunteer v ON v.id = coalesce(w.merged_into_id, w.id)
    WHERE lower(w.name) = lower(asked.name) AND v.state <> 'withdrawn'
$$;
"""
FIND_AS_BEFORE = FIND.replace("coalesce(w.merged_into_id, w.id)", "w.id")

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
            'SELECT %L, count(*) FROM %I WHERE %I = $1 AND (%s)',
            refers.tab || '.' || refers.col, refers.tab, refers.col, refers.settled)
            USING merged;
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
REVOKE ALL ON FUNCTION volunteers_unmerge_entries(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_unmerge_entries(bigint, text) TO {STAFF};
"""
NO_UNMERGE = "DROP FUNCTION volunteers_unmerge_entries(bigint, text);"


class Migration(migrations.Migration):
    """The functions name the new column and table."""

    dependencies = [
        ("organizations", "0005_rules"),
        ("volunteers", "0023_spotchecks"),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('survivor_name', models.CharField(max_length=50)),
                ('survivor_number', models.CharField(max_length=12)),
                ('merged_name', models.CharField(max_length=50)),
                ('merged_number', models.CharField(max_length=12)),
                ('merged_state', models.CharField(max_length=9)),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('by_label', models.CharField(max_length=60, verbose_name='merged by')),
                ('at', models.DateTimeField(verbose_name='merged at')),
                ('moved', models.JSONField(default=dict)),
                ('voided', models.JSONField(default=list)),
                ('account', models.JSONField(null=True)),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                ('undone_by_label', models.CharField(blank=True, max_length=60, verbose_name='undone by')),
                ('undo_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'merge of two entries',
                'verbose_name_plural': 'merges of two entries',
            },
        ),
        migrations.AddField(
            model_name='volunteer',
            name='merged_into',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AlterField(
            model_name='volunteer',
            name='state',
            field=models.CharField(choices=[('active', 'active'), ('paused', 'paused'), ('withdrawn', 'withdrawn'), ('merged', 'merged into another entry'), ('erased', 'sealed away')], default='active', max_length=9, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='volunteerhistory',
            name='state',
            field=models.CharField(choices=[('active', 'active'), ('paused', 'paused'), ('withdrawn', 'withdrawn'), ('merged', 'merged into another entry'), ('erased', 'sealed away')], default='active', max_length=9, verbose_name='state'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='volunteer_merged_into'),
        ),
        migrations.AddConstraint(
            model_name='volunteer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='volunteer_merged_says_into'),
        ),
        migrations.AddField(
            model_name='merge',
            name='committee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee'),
        ),
        migrations.AddField(
            model_name='merge',
            name='merged',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddField(
            model_name='merge',
            name='survivor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(fields=['committee', '-id'], name='merge_committee_newest'),
        ),
        InstallPolicies("volunteers.duplicates.policies.MERGE_TABLES"),
        InstallReferences(),
        migrations.RunSQL(REDIRECT, NO_REDIRECT),
        migrations.RunSQL(FIND, FIND_AS_BEFORE),
        migrations.RunSQL(BEFORE, NOT_BEFORE),
        migrations.RunSQL(MERGE, NO_MERGE),
        migrations.RunSQL(UNMERGE, NO_UNMERGE),
    ]

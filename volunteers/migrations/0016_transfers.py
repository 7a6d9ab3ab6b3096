"""Transfers between committees: asked, answered and carried out by functions that check all."""

import django.db.models.deletion
from django.db import migrations, models

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
           WHERE u.id = nullif(current_setting('portal.user', true), '')::bigint
             AND u.volunteer_id = person AND u.is_active)
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
            answer = coalesce(why, '')
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


class Migration(migrations.Migration):
    """The order matters: policies and functions name the table."""

    dependencies = [
        ("organizations", "0003_epochs_and_standards"),
        ("volunteers", "0015_signals"),
    ]

    operations = [
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('volunteer_name', models.CharField(max_length=50, verbose_name='volunteer')),
                ('volunteer_number', models.CharField(max_length=12, verbose_name='portal number')),
                ('origin_name', models.CharField(max_length=300, verbose_name='present committee')),
                ('destination_name', models.CharField(max_length=300, verbose_name='receiving committee')),
                ('asked_side', models.CharField(choices=[('person', 'the volunteer'), ('origin', 'the present committee')], max_length=6, verbose_name='asked by')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('state', models.CharField(choices=[('waiting', 'waiting for the receiving committee'), ('done', 'transferred'), ('refused', 'not taken over'), ('withdrawn', 'taken back'), ('overtaken', 'settled otherwise')], default='waiting', max_length=9, verbose_name='state')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='who answered')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='when answered')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='answer')),
                ('destination', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee')),
                ('origin', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'transfer',
                'verbose_name_plural': 'transfers',
                'indexes': [models.Index(fields=['volunteer', '-id'], name='transfer_volunteer'), models.Index(fields=['origin', '-id'], name='transfer_origin'), models.Index(fields=['destination', '-id'], name='transfer_destination')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('volunteer', 'destination'), name='transfer_waiting_once'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='transfer_answered_says_when')],
            },
        ),
        InstallReferences(),
        migrations.RunSQL(CARRY, NO_CARRY),
        migrations.RunSQL(ACTS_FOR, NO_ACTS_FOR),
        migrations.RunSQL(TAKES, NO_TAKES),
        migrations.RunSQL(PLACES, NO_PLACES),
        migrations.RunSQL(LABEL, NO_LABEL),
        migrations.RunSQL(ASK, NO_ASK),
        migrations.RunSQL(SETTLE, NO_SETTLE),
    ]

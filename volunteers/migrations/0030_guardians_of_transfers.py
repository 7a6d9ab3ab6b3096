"""The guardian of somebody under 18 is asked before a transfer takes place."""

from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import Role

# Whichever way a transfer is asked for; the day may be eight hours behind the portal's, so that a
# guardian is asked on the birthday rather than not.
ASK = """
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
NO_ASK = """
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

# As it was, but who holds the pages of a child asks and takes back for it: the tie is proven again.
SELF = """
CREATE OR REPLACE FUNCTION volunteers_is_self(person bigint) RETURNS boolean
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
"""
SELF_AS_BEFORE = """
CREATE OR REPLACE FUNCTION volunteers_is_self(person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT current_setting('role') = 'portal_volunteer'
       AND person = nullif(current_setting('portal.volunteer', true), '')::bigint
       AND EXISTS (
           SELECT FROM organizations_user u
           WHERE u.id = nullif(current_setting('portal.user', true), '')::bigint
             AND u.volunteer_id = person AND u.is_active)
$$;
"""

# As it was, but nobody under 18 moves before the guardian has agreed.
SETTLE = """
CREATE OR REPLACE FUNCTION volunteers_settle_transfer(asked bigint, verdict text, why text) RETURNS text
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
"""
SETTLE_AS_BEFORE = """
CREATE OR REPLACE FUNCTION volunteers_settle_transfer(asked bigint, verdict text, why text) RETURNS text
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
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0007_family'),
        ('volunteers', '0029_imports_unchanged'),
    ]

    operations = [
        migrations.AddField(
            model_name='guardianlink',
            name='about',
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='transfer',
            name='guardian',
            field=models.CharField(blank=True, choices=[('', 'of age'), ('asked', 'waiting for the guardian'), ('agreed', 'the guardian agrees'), ('refused', 'the guardian does not agree')], default='', max_length=7, verbose_name='guardian'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='guardian_at',
            field=models.DateTimeField(null=True, verbose_name='when the guardian answered'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='guardian_name',
            field=models.CharField(blank=True, max_length=50, verbose_name='guardian'),
        ),
        migrations.AlterField(
            model_name='guardianlink',
            name='use',
            field=models.CharField(choices=[('give', 'give consent'), ('withdraw', 'withdraw consent'), ('transfer', 'agree to a transfer')], max_length=8, verbose_name='use'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('guardian__in', ['', 'agreed']), _connector='OR'), name='transfer_guardian_first'),
        ),
        InstallPolicies("volunteers.transfers.policies.TABLES"),
        migrations.RunSQL(ASK, NO_ASK),
        migrations.RunSQL(ANSWER, NO_ANSWER),
        migrations.RunSQL(SELF, SELF_AS_BEFORE),
        migrations.RunSQL(SETTLE, SETTLE_AS_BEFORE),
    ]

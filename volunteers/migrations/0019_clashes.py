"""Numbers registered elsewhere: the request of one side, the notice of the other."""

import django.db.models.deletion
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.ownership import InstallReferences

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


class Migration(migrations.Migration):
    """The functions call those of the transfers."""

    dependencies = [
        ("organizations", "0005_rules"),
        ("volunteers", "0018_disclosure"),
    ]

    operations = [
        migrations.CreateModel(
            name='ClashRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number_index', models.BinaryField(max_length=32)),
                ('number_mask', models.CharField(max_length=30, verbose_name='identity number')),
                ('name', models.CharField(max_length=50, verbose_name='name')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('asked_by_label', models.CharField(max_length=60, verbose_name='asked by')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('state', models.CharField(choices=[('waiting', 'waiting for an answer'), ('answered', 'answered'), ('withdrawn', 'taken back')], default='waiting', max_length=9, verbose_name='state')),
                ('outcome', models.CharField(blank=True, choices=[('transfer', 'the volunteer is to be transferred'), ('visitor', 'the volunteer stays registered there; record hours as for a visitor'), ('mistake', "the number is not this person's")], max_length=8, verbose_name='outcome')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='when answered')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
            ],
            options={
                'verbose_name': 'request about a registered number',
                'verbose_name_plural': 'requests about registered numbers',
            },
        ),
        migrations.CreateModel(
            name='ClashNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asking_name', models.CharField(max_length=300, verbose_name='asking committee')),
                ('name', models.CharField(max_length=50, verbose_name='name as given there')),
                ('reason', models.CharField(max_length=200, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('state', models.CharField(choices=[('waiting', 'waiting for an answer'), ('answered', 'answered'), ('withdrawn', 'taken back')], default='waiting', max_length=9, verbose_name='state')),
                ('outcome', models.CharField(blank=True, choices=[('transfer', 'the volunteer is to be transferred'), ('visitor', 'the volunteer stays registered there; record hours as for a visitor'), ('mistake', "the number is not this person's")], max_length=8, verbose_name='outcome')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='answer')),
                ('answered_by_label', models.CharField(blank=True, max_length=60, verbose_name='who answered')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='when answered')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('volunteer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.clashrequest')),
            ],
            options={
                'verbose_name': "somebody asks about a volunteer's number",
                'verbose_name_plural': "somebody asks about volunteers' numbers",
            },
        ),
        migrations.AddIndex(
            model_name='clashrequest',
            index=models.Index(fields=['committee', '-id'], name='clash_request_newest'),
        ),
        migrations.AddConstraint(
            model_name='clashrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('committee', 'number_index'), name='clash_request_once'),
        ),
        migrations.AddIndex(
            model_name='clashnotice',
            index=models.Index(fields=['committee', '-id'], name='clash_notice_newest'),
        ),
        InstallPolicies("volunteers.duplicates.policies.TABLES"),
        InstallReferences(),
        migrations.RunSQL(TELL, NO_TELL),
        migrations.RunSQL(SETTLE, NO_SETTLE),
        migrations.RunSQL(WITHDRAW, NO_WITHDRAW),
    ]

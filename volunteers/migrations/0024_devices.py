"""Devices at the door, and the one statement by which they scan."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import Role

# One statement finds the device, the sign-up and the shift, judges, and stores once. It runs as the
# owner, for a device is no actor: what it reaches is the activity of its token, and only while the
# membership that issued it holds. Hours before and after, and the clock's tolerance, are those of
# volunteers/checkins/domain/door.py; a test compares them.
SCAN = f"""
CREATE FUNCTION volunteers_scan(
    token bytea, asked bigint, said uuid, heading text, moment timestamptz, how text)
RETURNS TABLE (
    outcome text, checkin bigint, direction text, at timestamptz, name text, number text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- A plan made while the table was empty would read all of it once it is not.
SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    device record;
    -- As members' days are counted: those of the portal, not of the server.
    today date := (now() AT TIME ZONE '{settings.TIME_ZONE}')::date;
    earlier record;
    place record;
    stored bigint;
BEGIN
    SELECT d.activity_id, d.name || ' · ' || d.issued_by_label AS label, m.user_id INTO device
    FROM volunteers_doordevice d
    JOIN organizations_membership m ON m.id = d.membership_id
    JOIN organizations_user u ON u.id = m.user_id
    WHERE d.digest = token AND d.revoked_at IS NULL AND d.expires_at > now()
      AND m.revoked_at IS NULL AND m.starts_on <= today
      AND (m.ends_on IS NULL OR m.ends_on >= today)
      AND u.is_active AND u.session_epoch = d.epoch;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'revoked', NULL::bigint, NULL, NULL::timestamptz, NULL, NULL;
        RETURN;
    END IF;
    -- One scan of a person after the other: whether somebody is in follows from those there are.
    PERFORM pg_advisory_xact_lock(hashtext('volunteers_checkin'), (asked % 2147483648)::integer);
    SELECT c.id, c.direction, c.at, c.signup_id, s.activity_id, s.volunteer_name, s.volunteer_number
        INTO earlier
    FROM volunteers_checkin c JOIN volunteers_signup s ON s.id = c.signup_id WHERE c.nonce = said;
    IF FOUND THEN
        IF earlier.signup_id <> asked OR earlier.activity_id <> device.activity_id THEN
            RETURN QUERY SELECT 'nonce_taken', NULL::bigint, NULL, NULL::timestamptz, NULL, NULL;
        ELSE
            RETURN QUERY SELECT 'stored', earlier.id, earlier.direction::text, earlier.at,
                earlier.volunteer_name::text, earlier.volunteer_number::text;
        END IF;
        RETURN;
    END IF;
    SELECT s.shift_id, s.committee_id, s.volunteer_name, s.volunteer_number,
        CASE WHEN s.activity_id <> device.activity_id THEN 'wrong_activity'
             WHEN s.state <> 'placed' THEN 'not_signed_up'
             WHEN a.state <> 'published' THEN 'not_open'
             WHEN moment > now() + interval '2 minutes' THEN 'ahead'
             WHEN moment < h.starts_at - interval '1 hour' THEN 'too_early'
             WHEN moment > h.ends_at + interval '3 hours' THEN 'too_late'
             -- What is sent later is stored in whatever order it comes.
             WHEN heading = 'in' AND moment > now() - interval '2 minutes' AND 'in' = (
                 SELECT c.direction FROM volunteers_checkin c
                 WHERE c.signup_id = s.id AND c.at <= moment
                 ORDER BY c.at DESC, c.id DESC LIMIT 1) THEN 'already_in'
        END AS fault
        INTO place
    FROM volunteers_signup s
    JOIN volunteers_shift h ON h.id = s.shift_id
    JOIN volunteers_activity a ON a.id = s.activity_id
    WHERE s.id = asked;
    IF place.shift_id IS NULL OR place.fault IS NOT NULL THEN
        RETURN QUERY SELECT coalesce(place.fault, 'not_signed_up'), NULL::bigint, NULL,
            NULL::timestamptz, NULL, NULL;
        RETURN;
    END IF;
    INSERT INTO volunteers_checkin
        (committee_id, signup_id, shift_id, direction, way, at, received_at, nonce, by_id, by_label)
    VALUES (place.committee_id, asked, place.shift_id, heading, how, moment, now(), said,
        device.user_id, left(device.label, 60))
    ON CONFLICT (nonce) DO NOTHING RETURNING id INTO stored;
    IF stored IS NULL THEN
        -- At this moment another's scan took the nonce: the same person's waits for the lock above.
        RETURN QUERY SELECT 'nonce_taken', NULL::bigint, NULL, NULL::timestamptz, NULL, NULL;
        RETURN;
    END IF;
    RETURN QUERY SELECT 'stored', stored, heading, moment,
        place.volunteer_name::text, place.volunteer_number::text;
END $$;
REVOKE ALL ON FUNCTION volunteers_scan(bytea, bigint, uuid, text, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_scan(bytea, bigint, uuid, text, timestamptz, text)
    TO {Role.PUBLIC};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_policies'),
        ('volunteers', '0023_own_will'),
    ]

    operations = [
        migrations.CreateModel(
            name='DoorDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='device')),
                ('epoch', models.PositiveIntegerField(default=0, editable=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('issued_by_label', models.CharField(max_length=60, verbose_name='issued by')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued at')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='revoked at')),
                ('revoked_by_label', models.CharField(blank=True, max_length=60, verbose_name='revoked by')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('membership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.membership')),
            ],
            options={
                'verbose_name': 'device at the door',
                'verbose_name_plural': 'devices at the door',
            },
        ),
        migrations.RunSQL(
            SCAN,
            "DROP FUNCTION volunteers_scan(bytea, bigint, uuid, text, timestamptz, text)",
        ),
        InstallPolicies("volunteers.checkins.policies.DEVICES"),
    ]

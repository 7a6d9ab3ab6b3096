"""Whom to call in an emergency, and how organisers of a shift learn it."""

import django.db.models.deletion
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from core.tenancy.policies import IN_SUBTREE
from core.tenancy.roles import STAFF_ROLES
from volunteers.registry.ownership import InstallReferences

STAFF = ", ".join(STAFF_ROLES)

# As the owner: who comes may be a visitor, whose entry lies outside the caller's scope. The value
# and the row of the look come out of one statement. An empty relation means the guardian.
CONTACT = f"""
CREATE FUNCTION volunteers_emergency_of_signup(asked bigint, why text, who text)
RETURNS TABLE (volunteer bigint, name text, relation text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    reader bigint := nullif(current_setting('portal.user', true), '')::bigint;
BEGIN
    SELECT v.id, coalesce(c.name, v.guardian_name), coalesce(c.relation, ''),
           coalesce(c.phone_sealed, CASE WHEN
               v.birth_date > (now() AT TIME ZONE 'Asia/Shanghai')::date - interval '18 years'
               THEN i.guardian_phone_sealed END)
    INTO volunteer, name, relation, sealed
    FROM (SELECT * FROM volunteers_signup WHERE id = asked AND {IN_SUBTREE}) s
    JOIN volunteers_shift h ON h.id = s.shift_id
        AND now() BETWEEN h.starts_at - interval '2 hours' AND h.ends_at + interval '1 day'
    JOIN volunteers_activity a ON a.id = s.activity_id AND a.state IN ('published', 'settled')
    JOIN volunteers_volunteer v ON v.id = s.volunteer_id
    JOIN volunteers_volunteeridentity i ON i.volunteer_id = v.id
    LEFT JOIN volunteers_emergencycontact c ON c.volunteer_id = v.id
    WHERE s.state = 'placed';
    IF volunteer IS NULL OR reader IS NULL THEN
        RETURN;
    END IF;
    IF sealed IS NOT NULL THEN
        INSERT INTO volunteers_identityreveal
            (volunteer_id, committee_id, field, reason, user_id, user_label, at)
        SELECT volunteer, i.committee_id, 'emergency', why, reader, who, now()
        FROM volunteers_volunteeridentity i WHERE i.volunteer_id = volunteer;
    END IF;
    RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION volunteers_emergency_of_signup(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_emergency_of_signup(bigint, text, text) TO {STAFF};
"""

# Of an entry that is sealed away, merged ones too, nothing tells any more who it was.
DROP = """
CREATE FUNCTION volunteers_drop_contact() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM volunteers_emergencycontact WHERE volunteer_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION volunteers_drop_contact() FROM PUBLIC;
CREATE TRIGGER contact_dropped AFTER UPDATE OF identity_mask ON volunteers_volunteer FOR EACH ROW
    WHEN (NEW.identity_mask = '' AND OLD.identity_mask <> '')
    EXECUTE FUNCTION volunteers_drop_contact();
"""
LOOKED_AT = [
    ("number", "identity number"),
    ("phone", "telephone"),
    ("guardian_phone", "guardian's telephone"),
    ("all", "all numbers"),
    ("emergency", "whom to call in an emergency"),
]
RELATIONS = [
    ("parent", "parent"),
    ("spouse", "husband or wife"),
    ("relative", "other relative"),
    ("teacher", "teacher"),
    ("colleague", "colleague"),
    ("friend", "friend"),
]


class Migration(migrations.Migration):
    """One table, read by nobody but the person; one function for organisers."""

    dependencies = [("volunteers", "0034_teams")]

    operations = [
        migrations.CreateModel(
            name="EmergencyContact",
            fields=[
                (
                    "volunteer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="volunteers.volunteer",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name")),
                (
                    "relation",
                    models.CharField(choices=RELATIONS, max_length=9, verbose_name="relation"),
                ),
                ("phone_sealed", models.BinaryField()),
                (
                    "phone_mask",
                    models.CharField(editable=False, max_length=20, verbose_name="telephone"),
                ),
                ("said_at", models.DateTimeField(auto_now=True, verbose_name="said at")),
            ],
            options={
                "verbose_name": "emergency contact",
                "verbose_name_plural": "emergency contacts",
            },
        ),
        migrations.AlterField(
            model_name="identityreveal",
            name="field",
            field=models.CharField(choices=LOOKED_AT, max_length=14, verbose_name="what"),
        ),
        InstallPolicies("volunteers.emergencies.policies.TABLES"),
        InstallReferences(),
        migrations.RunSQL(
            CONTACT, "DROP FUNCTION volunteers_emergency_of_signup(bigint, text, text)"
        ),
        migrations.RunSQL(
            DROP,
            "DROP TRIGGER contact_dropped ON volunteers_volunteer;"
            " DROP FUNCTION volunteers_drop_contact();",
        ),
    ]

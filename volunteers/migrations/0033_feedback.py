"""How it was, said by both sides of a sign-up."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from core.tenancy.policies import IN_SUBTREE
from core.tenancy.roles import STAFF_ROLES
from volunteers.registry.ownership import InstallReferences

STAFF = ", ".join(STAFF_ROLES)

# As the owner: staff read no row of what a volunteer said, so that a line has no name and no time.
HEARD = f"""
CREATE FUNCTION volunteers_feedback_heard(asked bigint)
RETURNS TABLE (answered integer, good integer, fair integer, poor integer, lines text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH said AS (
        SELECT grade, line FROM volunteers_feedback
        WHERE activity_id = asked AND side = 'volunteer' AND {IN_SUBTREE}
    ), counted AS (SELECT count(*)::integer AS all_of_them FROM said)
    SELECT all_of_them,
           CASE WHEN all_of_them >= 3 THEN
               (SELECT count(*)::integer FROM said WHERE grade = 'good') ELSE 0 END,
           CASE WHEN all_of_them >= 3 THEN
               (SELECT count(*)::integer FROM said WHERE grade = 'fair') ELSE 0 END,
           CASE WHEN all_of_them >= 3 THEN
               (SELECT count(*)::integer FROM said WHERE grade = 'poor') ELSE 0 END,
           CASE WHEN all_of_them >= 3 THEN
               ARRAY(SELECT line::text FROM said WHERE line <> '' ORDER BY line)
           ELSE ARRAY[]::text[] END
    FROM counted
$$;
REVOKE ALL ON FUNCTION volunteers_feedback_heard(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_feedback_heard(bigint) TO {STAFF};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_contacts'),
        ('volunteers', '0032_phones_of_who_comes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('side', models.CharField(choices=[('volunteer', 'the volunteer, of the activity'), ('organiser', 'the organiser, of the volunteer')], max_length=9, verbose_name='side')),
                ('grade', models.CharField(choices=[('good', 'good'), ('fair', 'fair'), ('poor', 'poor')], max_length=4, verbose_name='how it was')),
                ('line', models.CharField(blank=True, max_length=200, verbose_name='in a line')),
                ('by_label', models.CharField(max_length=60, verbose_name='said by')),
                ('given_at', models.DateTimeField(verbose_name='said at')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='changed at')),
                ('activity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('signup', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='volunteers.signup')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'feedback',
                'verbose_name_plural': 'feedback',
                'indexes': [models.Index(fields=['activity'], name='feedback_activity'), models.Index(fields=['volunteer', '-id'], name='feedback_volunteer')],
                'constraints': [models.UniqueConstraint(fields=('signup', 'side'), name='feedback_once')],
            },
        ),
        migrations.RunSQL(HEARD, "DROP FUNCTION volunteers_feedback_heard(bigint)"),
        InstallPolicies("volunteers.feedback.policies.TABLES"),
        InstallReferences(),
    ]

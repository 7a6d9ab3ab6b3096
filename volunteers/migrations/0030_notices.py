"""What organisers write to those signed up."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_contacts'),
        ('volunteers', '0029_added'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('standing', 'everybody signed up'), ('placed', 'who has a place'), ('waiting', 'who is on the waiting list')], default='standing', max_length=8, verbose_name='to whom')),
                ('title', models.CharField(max_length=40, verbose_name='title')),
                ('text', models.CharField(max_length=300, verbose_name='text')),
                ('sent_by_label', models.CharField(max_length=60, verbose_name='sent by')),
                ('sent_at', models.DateTimeField(verbose_name='sent at')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='volunteers.activity')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('shift', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.shift')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('looked_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='volunteers.notice')),
            ],
            options={
                'verbose_name': 'delivery of a notice',
                'verbose_name_plural': 'deliveries of notices',
            },
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='notice_says_something'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['volunteer', '-id'], name='delivery_volunteer'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('notice', 'volunteer'), name='delivery_once'),
        ),
        InstallPolicies("volunteers.notices.policies.TABLES"),
        InstallReferences(),
    ]

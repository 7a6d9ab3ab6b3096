"""Drafts of hours."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_epochs_and_standards'),
        ('volunteers', '0011_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('state', models.CharField(choices=[('open', 'still open'), ('submitted', 'submitted'), ('discarded', 'set aside'), ('template', 'template')], default='open', max_length=9, verbose_name='state')),
                ('activity', models.CharField(blank=True, max_length=200, verbose_name='activity')),
                ('kind', models.CharField(blank=True, choices=[('elderly', 'care for the elderly'), ('disability', 'help for people with disabilities'), ('children', 'children and schooling'), ('environment', 'environment'), ('order', 'public order and traffic'), ('community', 'community service'), ('events', 'large events'), ('emergency', 'emergency relief'), ('other', 'other service')], max_length=12, verbose_name='kind')),
                ('date', models.CharField(blank=True, max_length=60, verbose_name='date')),
                ('start', models.CharField(blank=True, max_length=60, verbose_name='From')),
                ('end', models.CharField(blank=True, max_length=60, verbose_name='To')),
                ('kept_as_template', models.BooleanField(default=False)),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='evidence')),
                ('revision', models.BigIntegerField(default=0)),
                ('common_revision', models.BigIntegerField(default=0)),
                ('common_window', models.UUIDField(editable=False, null=True)),
                ('created_by_label', models.CharField(max_length=60, verbose_name='begun by')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_by_label', models.CharField(max_length=60, verbose_name='changed by')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('created_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'draft of hours',
                'verbose_name_plural': 'drafts of hours',
            },
        ),
        migrations.CreateModel(
            name='DraftRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('position', models.FloatField()),
                ('person', models.CharField(blank=True, max_length=200, verbose_name='volunteer')),
                ('activity', models.CharField(blank=True, max_length=200, verbose_name='activity')),
                ('date', models.CharField(blank=True, max_length=60, verbose_name='date')),
                ('start', models.CharField(blank=True, max_length=60, verbose_name='From')),
                ('end', models.CharField(blank=True, max_length=60, verbose_name='To')),
                ('hours', models.CharField(blank=True, max_length=60, verbose_name='hours')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='note')),
                ('volunteer_name', models.CharField(blank=True, db_collation='C', max_length=50)),
                ('volunteer_number', models.CharField(blank=True, max_length=12)),
                ('visitor', models.BooleanField(default=False)),
                ('removed', models.BooleanField(default=False)),
                ('revision', models.BigIntegerField()),
                ('typed_revision', models.BigIntegerField()),
                ('window', models.UUIDField(editable=False, null=True)),
                ('changed_by_label', models.CharField(max_length=60, verbose_name='changed by')),
                ('state', models.CharField(choices=[('empty', 'empty row'), ('incomplete', 'to be completed'), ('choose', 'person to be chosen'), ('refused', 'to be mended'), ('ready', 'can be submitted'), ('submitted', 'submitted')], default='empty', max_length=10, verbose_name='state')),
                ('field', models.CharField(blank=True, max_length=8)),
                ('fault', models.JSONField(blank=True, null=True)),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('draft', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='volunteers.draft')),
                ('record', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.servicerecord')),
                ('volunteer', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'row of a draft',
                'verbose_name_plural': 'rows of drafts',
            },
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(condition=models.Q(('state', 'submitted'), _negated=True), fields=['committee', '-changed_at'], name='draft_to_go_on_with'),
        ),
        migrations.AddConstraint(
            model_name='draftrow',
            constraint=models.UniqueConstraint(fields=('draft', 'key'), name='draft_row_key_once'),
        ),
        migrations.AddConstraint(
            model_name='draftrow',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__isnull', True), ('minutes__lte', 1440), _connector='OR'), name='draft_row_minutes_fit_a_day'),
        ),
        migrations.AddConstraint(
            model_name='draftrow',
            constraint=models.CheckConstraint(condition=models.Q(('typed_revision__lte', models.F('revision'))), name='draft_row_typed_before_changed'),
        ),
    ]

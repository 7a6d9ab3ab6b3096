"""Messages, one-time codes, and for whom a person's job works."""

import django.utils.timezone
import uuid
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_policies'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='volunteer_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=20)),
                ('target', models.BigIntegerField(null=True)),
                ('digest', models.BinaryField(max_length=32)),
                ('subject_index', models.BinaryField(max_length=16)),
                ('phone_index', models.BinaryField(max_length=16, null=True)),
                ('address_index', models.BinaryField(max_length=16)),
                ('phone_mask', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'one-time code',
                'verbose_name_plural': 'one-time codes',
                'indexes': [models.Index(fields=['subject_index', 'created_at'], name='code_subject'), models.Index(fields=['phone_index', 'created_at'], name='code_phone'), models.Index(fields=['address_index', 'created_at'], name='code_address')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMessage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('phone_sealed', models.BinaryField(null=True)),
                ('text_sealed', models.BinaryField(null=True)),
                ('phone_mask', models.CharField(max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('sending', 'sending'), ('sent', 'sent'), ('failed', 'failed'), ('withheld', 'withheld')], default='waiting', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['due_at'], name='message_unsent')],
            },
        ),
        InstallPolicies('core.messages.policies.TABLES'),
    ]

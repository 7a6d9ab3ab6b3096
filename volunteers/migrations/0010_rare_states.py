"""Drafts and void records are rare: found by small indexes, not by looking through all others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('volunteers', '0009_rare_volunteers')]

    operations = [
        migrations.AddIndex(
            model_name='servicerecord',
            index=models.Index(condition=models.Q(('state', 'draft')), fields=['recorded_by'], name='record_own_drafts'),
        ),
        migrations.AddIndex(
            model_name='servicerecord',
            index=models.Index(condition=models.Q(('state__in', ['draft', 'void'])), fields=['tier3', '-id'], name='record_draft_or_void'),
        ),
    ]

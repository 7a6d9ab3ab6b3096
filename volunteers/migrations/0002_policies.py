"""Row-level security of the registry is installed by 0006, which knows all of its tables."""

from django.db import migrations


class Migration(migrations.Migration):
    """Keeps its place: later migrations name it."""

    dependencies = [("volunteers", "0001_initial")]

    operations = []

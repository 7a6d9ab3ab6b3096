"""The floor: tenancy, history, jobs, workbooks, sealed identifiers, web helpers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Registers the boot checks, and what history's triggers need after each migration."""

    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from core.crypto.keys import key_ring
        from core.history.guard import close_trigger_switch, keep_triggers_fast
        from core.tenancy import checks  # noqa: F401  (registers the checks)

        key_ring()  # A wrong key stops the start, not the first person who registers.
        post_migrate.connect(close_trigger_switch, sender=self, dispatch_uid="close_trigger_switch")
        post_migrate.connect(keep_triggers_fast, sender=self, dispatch_uid="keep_triggers_fast")

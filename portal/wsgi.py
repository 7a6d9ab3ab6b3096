"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")

application = get_wsgi_application()

# What is loaded stays for good: a full collection need not walk it, amid somebody's request.
gc.collect()
gc.freeze()
# A page makes some thousand objects that end with it: seven hundred more than were freed are no
# sign of garbage, and looking for it as often took a twentieth of the time.
gc.set_threshold(10_000, 20, 50)

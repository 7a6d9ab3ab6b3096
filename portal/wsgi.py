"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")

application = get_wsgi_application()

# What is loaded stays for good: a full collection need not walk it, amid somebody's request.
gc.collect()
gc.freeze()

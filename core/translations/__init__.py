"""Translations without GNU gettext: collecting, checking and compiling catalogues with Babel.

The text in code and templates is English; ``locale/<language>/LC_MESSAGES/django.po`` holds what
it is called in the other language. Whoever works beside others puts new entries in a file of
their own, ``locale/<language>/parts/<anything>.po``; it counts at once, and is taken into
``django.po`` by ``manage.py collect_translations``.
"""

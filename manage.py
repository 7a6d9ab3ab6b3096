#!/usr/bin/env python
"""Django's commands, with the embedded servers where no others are named."""

import os
import sys

from django.core.management import execute_from_command_line

from portal.servers.environment import add_embedded_servers


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.local")
    add_embedded_servers()

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

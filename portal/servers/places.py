"""Where the embedded servers keep their files, and which account they run as."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

# sun_path holds 108 bytes on Linux and 104 on macOS, with the closing zero.
LONGEST_SOCKET_PATH = 100
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"
ACCOUNT = "embedded_postgres"


class ServerError(RuntimeError):
    """An embedded server could not be started or stopped; the message says why."""


@dataclass(frozen=True)
class Places:
    """Folders and files of one pair of servers."""

    var: Path
    sockets: Path

    @classmethod
    def under(cls, var_dir: Path) -> "Places":
        """Return the places under `var_dir`, making the folders that are missing."""
        var = var_dir.resolve()
        sockets = socket_folder(var)
        (var / "log").mkdir(parents=True, exist_ok=True)
        make_private_folder(sockets)
        return cls(var=var, sockets=sockets)

    @property
    def postgres_data(self) -> Path:
        return self.var / "postgres"

    @property
    def postgres_socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def postgres_log(self) -> Path:
        return self.var / "log" / "postgres.log"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def valkey_log(self) -> Path:
        return self.var / "log" / "valkey.log"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time start or stop servers; the kernel frees a dead one's lock."""
        with (self.var / "servers.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def socket_folder(var: Path) -> Path:
    """Return `var`/run, or a short folder named by a hash when socket paths would be too long."""
    folder = var / "run"
    if len(os.fsencode(folder / LONGEST_SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    name = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"portal-{os.getuid()}-{name}"


def make_private_folder(folder: Path) -> None:
    """Make `folder` for its owner only; refuse one that somebody else laid there before us."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    account = server_account()
    owner = os.getuid() if account is None else account.pw_uid
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and owner != os.getuid():
        os.chown(folder, owner, -1)
        open_parents(folder)
    elif not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise ServerError(f"{folder} belongs to another user; remove it or set VAR_DIR.")


def server_account() -> pwd.struct_passwd | None:
    """Return the account PostgreSQL runs as: ours (None), unless we are root, which it refuses."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/bin/sh", ACCOUNT]
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if useradd is None:
            raise ServerError(
                "PostgreSQL refuses to run as root, and useradd is missing: run as another user."
            ) from None
        # Two commands started at once may both get here; the account counts, not who made it.
        subprocess.run([useradd, *command[1:]], check=False, capture_output=True)
        return pwd.getpwnam(ACCOUNT)


def open_parents(folder: Path) -> None:
    """Let other accounts pass through the folders above `folder` (not list them)."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def socket_accepts(path: Path) -> bool:
    """Tell whether a process listens on the unix socket at `path`."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as client:
        client.settimeout(5)
        try:
            client.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
        return True


def wait_until(reached: Callable[[], bool], *, seconds: float) -> bool:
    """Ask again and again, for at most `seconds`; return whether it was reached."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)  # noqa: TID251 - a server tells nobody when its socket appears
    return True


def package_folder(package: str) -> Path:
    """Return where a package of binaries lies, without running its own start-up code."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerError(
            f"The package {package} is not installed: run `make setup`, or set DATABASE_URL and"
            " REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


def log_tail(path: Path, *, lines: int = 12) -> str:
    """Return the last lines of a log, indented, or a note that there is none."""
    if not path.exists():
        return f"  (no log at {path})"
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "\n".join(f"  {line}" for line in text)

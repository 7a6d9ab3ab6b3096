"""Finding and ending server processes that cannot be asked over their socket."""

from pathlib import Path

PATIENCE_SECONDS = 10


def end_processes(program: str, place: str) -> bool:
    """End processes of `program` that have `place` in their command line; return if there were any.

    `place` is a path that only the servers of one VAR_DIR carry.
    """
    # A deployment does without psutil, and most calls of ensure_servers never come here.
    import psutil  # noqa: PLC0415

    found = [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if is_server(process.info["cmdline"], program, place)
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]
    for process in found:
        process.terminate()
    _, left = psutil.wait_procs(found, timeout=PATIENCE_SECONDS)
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=PATIENCE_SECONDS)
    return bool(found)


def is_server(command: list[str] | None, program: str, place: str) -> bool:
    """Tell whether a command line is that of `program` for `place`, and not of one naming it."""
    if not command:
        return False
    # Valkey rewrites its title into one word: "…/valkey-server unixsocket:PLACE".
    words = [part for word in command for part in word.split(" ")] if len(command) == 1 else command
    names_place = any(word in (place, f"unixsocket:{place}") for word in words)
    return Path(words[0]).name == program and names_place

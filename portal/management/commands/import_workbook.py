"""``manage.py import_workbook``: brings a workbook in, as a member of a committee."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from core.workbooks import WorkbookRefused
from core.workbooks.results import ImportResult
from organizations.accounts.actors import Actor, actor_of_membership
from organizations.accounts.models import Membership
from organizations.committees.models import Committee
from volunteers.imports.domain import IMPORTERS, field_label, import_path
from volunteers.imports.models import ImportKind, ImportRun

__all__ = ["Command"]

_UNREADABLE = 2


class Command(BaseCommand):
    """Exit status 0 when the file was processed, 2 when it cannot be read, 1 otherwise."""

    help = "Bring in a ledger, a roster of volunteers or a sheet of service hours."

    def add_arguments(self, parser: CommandParser) -> None:
        """What, for whom, and as whom."""
        parser.add_argument("kind", choices=ImportKind.values)
        parser.add_argument("file", type=Path)
        parser.add_argument("--committee", required=True, metavar="CODE")
        parser.add_argument("--as", required=True, metavar="USERNAME", dest="username")
        parser.add_argument("--check", action="store_true", help="only say what would happen")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")

    def handle(
        self,
        *args: Any,
        kind: str,
        file: Path,
        committee: str,
        username: str,
        check: bool,
        as_json: bool,
        **options: Any,
    ) -> None:
        """Imports and prints the outcome; refused rows are no error."""
        place, actor = _place_and_actor(committee, username, ImportKind(kind))
        with acting_as(actor.scope, reason=file.name, statement_timeout_ms=0):
            result, run, before = _imported(file, ImportKind(kind), place, actor, check=check)
        if as_json:
            self._print_json(result, run, committee=committee)
        else:
            self._print_text(result, before, check=check)

    def _print_json(self, result: ImportResult, run: ImportRun | None, *, committee: str) -> None:
        answer = {**result.as_json(committee=committee), "id": run.pk if run else None}
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

    def _print_text(self, result: ImportResult, before: ImportRun | None, *, check: bool) -> None:
        importer = IMPORTERS[ImportKind(result.kind)]
        for row in result.refused:
            label = field_label(importer, row.field)
            self.stdout.write(f"{row.row}\t{label}\t{row.message}")
        if before is not None and before.finished_at is not None:
            sentence = _("This file was imported on {date} by {name}.")
            day = timezone.localdate(before.finished_at).isoformat()
            self.stdout.write(sentence.format(date=day, name=before.imported_by_label))
        self.stdout.write(_summary(result, check=check))


def _place_and_actor(code: str, username: str, kind: ImportKind) -> tuple[Committee, Actor]:
    """The committee, and the member of it or of one above it who may import this kind."""
    place = Committee.objects.filter(code=code).first()
    if place is None:
        raise CommandError(_("There is no committee with the code {code}.").format(code=code))
    memberships = Membership.objects.valid_on(timezone.localdate()).with_committee()
    actors = [
        actor_of_membership(membership)
        for membership in memberships.filter(user__username=username).order_by("-committee_id")
        if membership.committee.contains(place.path)
    ]
    if not actors:
        message = _("{username} is no member of {committee} or of a committee above it.")
        raise CommandError(message.format(username=username, committee=place.full_name))
    action = IMPORTERS[kind].action
    return place, next((actor for actor in actors if actor.may(action)), actors[0])


def _imported(
    file: Path, kind: ImportKind, committee: Committee, actor: Actor, *, check: bool
) -> tuple[ImportResult, ImportRun | None, ImportRun | None]:
    """The outcome, the run, and the earlier import of the very same file."""
    try:
        result, run = import_path(file, kind=kind, committee=committee, actor=actor, check=check)
    except (WorkbookRefused, Refusal) as refused:
        raise CommandError(str(refused), returncode=_UNREADABLE) from refused
    except OSError as error:
        message = _("The file {path} cannot be read: {reason}.")
        raise CommandError(
            message.format(path=file, reason=error.strerror), returncode=_UNREADABLE
        ) from error
    except PermissionDenied as refused:
        raise CommandError(str(refused)) from refused
    return result, run, ImportRun.objects.of_same_file(run).first() if run else None


def _summary(result: ImportResult, *, check: bool) -> str:
    stood = result.already + result.unchanged
    if result.adds_nothing_new:
        return ngettext(
            "The %(n)d good row is already recorded; nothing added.",
            "All %(n)d good rows are already recorded; nothing added.",
            stood,
        ) % {"n": stood}
    sentence = (
        _("{accepted} of {rows} rows would be brought in, {refused} refused. Nothing was changed.")
        if check
        else _("{accepted} of {rows} rows brought in, {refused} refused.")
    )
    said = sentence.format(accepted=result.accepted, rows=result.rows, refused=len(result.refused))
    if result.unchanged:
        unchanged = _("{unchanged} of them say what stood already.")
        said += " " + unchanged.format(unchanged=result.unchanged)
    return said

"""What the pages of imports show, read across runs, faults and jobs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.jobs.models import Job
from core.web.keyset import page_of
from core.workbooks.results import ALREADY_RECORDED
from volunteers.imports.domain import IMPORTERS, field_label, shown_fault
from volunteers.imports.models import ImportKind, ImportRun, Stage
from volunteers.imports.queries import FaultQuerySet, RunQuerySet

__all__ = ["import_page", "list_page"]

_FAULTS_A_PAGE = 100
_TONES = {
    Stage.UPLOADED: "draft",
    Stage.COLUMNS: "waiting",
    Stage.CHECKED: "waiting",
    Stage.DONE: "good",
}


@dataclass(frozen=True, slots=True)
class ShownRun:
    """An import in a list."""

    run: ImportRun
    url: str
    tone: str
    label: str


def list_page(runs: RunQuerySet, request: HttpRequest) -> dict[str, Any]:
    """All imports, newest first, and above them those with rows to mend."""
    page = page_of(runs, request)
    return {
        "to_mend": [_shown_run(run) for run in runs.faulty().order_by("-pk")[:20]],
        "rows": [_shown_run(run) for run in page.rows],
        "rows_template": "volunteers/imports/_runs.html",
        "columns": [
            {"label": _("File")},
            {"label": pgettext("import", "Holds")},
            {"label": _("State")},
            {"label": pgettext("rows", "Brought in"), "numeric": True},
            {"label": pgettext("rows", "Refused"), "numeric": True},
            {"label": _("By")},
            {"label": _("When")},
        ],
        "next_url": page.next_url,
        "empty": {
            "title": _("Nothing has been imported yet"),
            "text": _("Rosters and hour sheets can be brought in as the office keeps them."),
            "actions": [
                {
                    "label": _("Import a workbook"),
                    "url": reverse("imports:run-create"),
                    "primary": True,
                }
            ],
        },
    }


def import_page(run: ImportRun, *, field: str, after: int | None) -> dict[str, Any]:
    """One import: its job while that runs, else what was found or the result."""
    job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
    working = run.stage != Stage.DONE and job is not None and job.active
    page: dict[str, Any] = {
        "run": run,
        "job": job,
        "working": working,
        "stopped": run.stage != Stage.DONE and job is not None and not job.active,
        "again_url": _again_url(run),
        "columns": [
            {"label": pgettext("spreadsheet", "Row"), "numeric": True},
            {"label": _("Field and what was written")},
            {"label": _("What to do")},
        ],
        "rows_template": "volunteers/imports/_faults.html",
        "before": ImportRun.objects.of_same_file(run).first(),
    }
    if run.stage == Stage.DONE:
        page |= _result(run, field, after)
    elif run.stage == Stage.CHECKED:
        page |= _findings(run)
    return page


def _findings(run: ImportRun) -> dict[str, Any]:
    findings = run.findings
    faults = [shown_fault(run.kind, fault) for fault in findings["faults"]]
    to_mend = findings["refused"] - findings["already"]
    # Checks of before the count have none.
    unchanged = findings.get("unchanged", 0)
    stood = findings["already"] + unchanged
    return {
        "findings": findings,
        "to_mend": to_mend,
        "rows": faults,
        "more": to_mend - len(faults),
        "needs_consent": run.kind == ImportKind.VOLUNTEERS,
        "stood": stood,
        "nothing_new": findings["accepted"] == unchanged and stood > 0,
    }


def _result(run: ImportRun, field: str, after: int | None) -> dict[str, Any]:
    shown = _chosen_faults(run, field)
    found = list(shown.after(after or 0)[: _FAULTS_A_PAGE + 1])
    rows = found[:_FAULTS_A_PAGE]
    next_url = ""
    if len(found) > len(rows):
        query = {"after": rows[-1].row, **({"field": field} if field else {})}
        next_url = f"{_url(run)}?{urlencode(query)}"
    return {
        "rows": [shown_fault(run.kind, fault) for fault in rows],
        "next_url": next_url,
        "filters": _filters(run, field),
        "nothing_new": run.adds_nothing_new,
        "already_code": ALREADY_RECORDED,
    }


def _chosen_faults(run: ImportRun, field: str) -> FaultQuerySet:
    """What stands already is listed only when asked for: it would bury what is to be mended."""
    if field == ALREADY_RECORDED or not run.to_mend:
        return run.faults.already_recorded()
    faults = run.faults.to_mend()
    return faults.filter(field=field) if field else faults


def _filters(run: ImportRun, chosen: str) -> list[dict[str, Any]]:
    """One chip for each field at fault, with its count."""
    importer = IMPORTERS[ImportKind(run.kind)]
    counts = run.faults.to_mend().counts_by_field()
    if run.already and run.to_mend:
        counts.append((ALREADY_RECORDED, run.already))
    if len(counts) < 2:
        return []
    everything = {"label": _("All"), "url": _url(run), "count": run.to_mend, "active": not chosen}
    options = [
        {
            "label": _rule_label(field) or field_label(importer, field),
            "url": f"{_url(run)}?{urlencode({'field': field})}",
            "count": rows,
            "active": field == chosen,
        }
        for field, rows in counts
    ]
    return [{"label": _("Refused for"), "options": [everything, *options]}]


def _rule_label(field: str) -> str:
    """Faults between rows have a name of their own among the chips."""
    if field == ALREADY_RECORDED:
        return pgettext("import", "recorded already")
    if field == "overlap":
        return pgettext("import", "overlap")
    return pgettext("import", "registered already") if field == "duplicate" else ""


def _shown_run(run: ImportRun) -> ShownRun:
    if run.stage == Stage.DONE and run.to_mend and not run.mended:
        return ShownRun(run, _url(run), "bad", _("rows to mend"))
    if run.offers_nothing:
        return ShownRun(run, _url(run), "draft", _("nothing to bring in"))
    return ShownRun(run, _url(run), _TONES[Stage(run.stage)], str(Stage(run.stage).label))


def _again_url(run: ImportRun) -> str:
    query: dict[str, Any] = {"kind": run.kind}
    if run.stage == Stage.DONE:
        query["mends"] = run.pk
    return f"{reverse('imports:run-create')}?{urlencode(query)}"


def _url(run: ImportRun) -> str:
    return reverse("imports:run-detail", args=[run.pk])

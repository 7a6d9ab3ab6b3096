"""The certificate on paper: PDF/A-2b (ISO 19005-2), one or many in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core.typesetting.codes import qr_svg
from core.typesetting.pages import printable, typeset
from core.web.figures import hours_text
from core.web.labels import label_of
from volunteers.certificates.models import Certificate
from volunteers.hours.models import ENTERED_AFTERWARDS, RecordSource

__all__ = ["Holder", "certificates_as_pdf"]

_PAGE = settings.BASE_DIR / "templates/volunteers/certificates/certificate.typ"

# From a certificate to the holder's name and identity number, masked or full.
Holder = Callable[[Certificate], tuple[str, str]]


def certificates_as_pdf(
    certificates: Iterable[Certificate],
    *,
    holder: Holder,
    address_of: Callable[[Certificate], str],
) -> bytes | None:
    """One document, a certificate on pages of its own; None where no font has Chinese.

    ``address_of`` gives the whole address that the printed code leads to.
    """
    sheets = [_sheet(each, *holder(each), address=address_of(each)) for each in certificates]
    said = {"sheets": sheets, "title": _("Certificate of volunteer service"), **_words()}
    return typeset(_PAGE, said, archival=True)


def _sheet(certificate: Certificate, name: str, number: str, *, address: str) -> dict[str, Any]:
    issued = timezone.localtime(certificate.issued_at)
    return {
        "facts": [
            [_("Name"), printable(name)],
            [_("Identity number"), number],
            [_("Portal number"), certificate.volunteer_number],
            [_("Period"), f"{certificate.first_on} – {certificate.last_on}"],
            *([[_("Only"), printable(certificate.chosen)]] if certificate.chosen else []),
            [_("Total"), _hours(certificate.minutes)],
            [_("How the hours came to be"), _sources(certificate.sources)],
        ],
        "lines": [_line(each) for each in certificate.lines],
        "number": certificate.number,
        "issued_on": f"{issued:%Y-%m-%d}",
        "unit": printable(certificate.committee.full_name),
        "withdrawn": "" if certificate.stands else _("This certificate has been withdrawn."),
        "seal": printable(certificate.committee.name) if certificate.is_sealed else "",
        "qr": qr_svg(f"{address}{certificate.fragment}"),
        "address": address,
    }


def _line(line: Mapping[str, Any]) -> list[str]:
    day = date.fromisoformat(line["served_on"])
    return [
        f"{day:%Y-%m-%d}",
        line["clock"],
        printable(line["title"]),
        printable(line["unit"]),
        hours_text(line["minutes"]),
        label_of(RecordSource, line["source"]),
    ]


def _sources(minutes: Mapping[str, int]) -> str:
    parts = [f"{label_of(RecordSource, each)} {_hours(count)}" for each, count in minutes.items()]
    said = "；".join(parts)
    if any(each in minutes for each in ENTERED_AFTERWARDS):
        said += "。" + _("Hours entered afterwards were confirmed by a second person on evidence.")
    return said


def _hours(minutes: int) -> str:
    return f"{hours_text(minutes)} {pgettext('unit', 'hours')}"


def _words() -> dict[str, Any]:
    return {
        "lang": (get_language() or "zh")[:2],
        "columns": [
            _("Date"),
            _("Time"),
            _("Content"),
            _("Recorded by"),
            _("Hours"),
            _("Source"),
        ],
        "word": {
            "number": _("No."),
            "issued_on": _("Issued on"),
            "unit": _("Issued by"),
            "seal": _("seal for certificates"),
            "check": _("Scan to check whether this certificate still stands."),
            "unsealed": _("Without the committee's seal; the code alone proves it."),
        },
    }

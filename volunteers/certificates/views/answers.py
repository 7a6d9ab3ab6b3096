"""What several views answer with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from volunteers.certificates.domain import certificates_as_pdf
from volunteers.certificates.domain.printing import Holder
from volunteers.certificates.models import Certificate

__all__ = ["address_of", "pdf_answer"]


def address_of(request: HttpRequest) -> Callable[[Certificate], str]:
    """From a certificate to the whole address of the page that verifies it."""
    return lambda certificate: request.build_absolute_uri(
        reverse("certificates:verify", args=[certificate.code])
    )


def pdf_answer(
    request: HttpRequest, certificates: Sequence[Certificate], *, holder: Holder, called: str
) -> HttpResponse:
    """The certificates to keep, in one file. Raises `Refusal` where this machine has no font."""
    made = certificates_as_pdf(certificates, holder=holder, address_of=address_of(request))
    if made is None:
        message = _("No font with Chinese is installed here; tell who runs the portal.")
        raise Refusal(message, code="no_font")
    answer = HttpResponse(made, content_type="application/pdf")
    name = f"{_('Certificate of volunteer service')} {called}.pdf"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer.headers["Cache-Control"] = "no-store"
    return answer

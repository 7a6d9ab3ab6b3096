"""Pictures go through a view: an address without the right to it leads nowhere."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from organizations.accounts.guards import acts
from volunteers.evidence.domain import picture_of
from volunteers.evidence.models import EvidenceFile

__all__ = ["show_picture", "show_thumbnail"]

# The browser may keep it, but asks each time.
_PRIVATE = "private, no-cache"


@acts("evidence.view")
@require_safe
def show_picture(request: HttpRequest, file_id: UUID, page: int) -> HttpResponse:
    """A page as JPEG."""
    return _picture(request, file_id, page, small=False)


@acts("evidence.view")
@require_safe
def show_thumbnail(request: HttpRequest, file_id: UUID, page: int) -> HttpResponse:
    """A page as a small JPEG."""
    return _picture(request, file_id, page, small=True)


def _picture(request: HttpRequest, file_id: UUID, page: int, *, small: bool) -> HttpResponse:
    file = get_object_or_404(EvidenceFile.objects.standing(), pk=file_id)
    # What a key names never changes. The browser asks each time all the same: who may no longer
    # see the picture gets no copy of it, and who may is spared the bytes.
    etag = quote_etag(f"{file.pk.hex}-{page}-{int(small)}")
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        known.headers["Cache-Control"] = _PRIVATE
        return known
    content = picture_of(file, page, small=small)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/jpeg", headers=_headers(file, page, etag))


def _headers(file: EvidenceFile, page: int, etag: str) -> dict[str, str]:
    name = content_disposition_header(as_attachment=False, filename=f"{file.pk}-{page}.jpg")
    return {
        "ETag": etag,
        "Cache-Control": _PRIVATE,
        "Content-Disposition": name or "inline",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

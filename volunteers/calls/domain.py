"""The picture that goes along when a call is shared."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from hashlib import sha256

import typst
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from PIL import Image

from core.typesetting.fonts import chinese_font
from core.typesetting.pages import printable
from core.web.moments import stretch_text
from volunteers.activities.models import Activity, ActivityState, Shift

__all__ = ["SHARE_SIZE", "picture_of"]

# What the platforms ask of a shared picture (ogp.me).
SHARE_SIZE = (1200, 630)
_KEPT_SECONDS = 30 * 24 * 60 * 60
# Flat colours and the grey of letters' edges: a tenth of the bytes.
_COLOURS = 32
# What people wrote goes in as data, never as markup. A line more than fits is cut off.
_PAGE = """
#let given = json(bytes(sys.inputs.data))
#set page(width: 1200pt, height: 630pt, margin: 0pt, fill: white)
#set text(font: given.font, lang: "zh", fill: rgb("#1c2328"))
// Blocks that cut off cut at the edge of the letters, which is higher than typst takes a line for.
#set text(top-edge: "ascender", bottom-edge: "descender")
#set par(leading: 8pt)
#rect(width: 100%, height: 96pt, fill: rgb("#0f766e"), inset: (x: 64pt))[
  #set align(horizon)
  #text(size: 36pt, fill: white, weight: "bold", given.portal)
  #h(1fr)
  #text(size: 32pt, fill: white, given.state)
]
#block(inset: (x: 64pt, top: 20pt), width: 100%)[
  #block(
    height: 232pt, clip: true, width: 100%, below: 28pt,
    text(size: 68pt, weight: "bold", given.title),
  )
  #for line in given.lines {
    block(height: 56pt, clip: true, width: 100%, below: 8pt, text(size: 36pt, line))
  }
]
"""


def picture_of(activity: Activity, shifts: Sequence[Shift]) -> bytes | None:
    """A PNG of `SHARE_SIZE` with title, first shift, place and organiser, in the portal's language.

    Set once for what it says, then kept in the cache. None where no font has Chinese.
    """
    found = chinese_font()
    if found is None:
        return None
    fonts, font = found
    with translation.override(settings.LANGUAGE_CODE):
        said = json.dumps({"font": font, **_words(activity, shifts)}, ensure_ascii=False)
    key = f"share-{sha256((_PAGE + said).encode()).hexdigest()}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        page = typst.compile(
            _PAGE.encode(), sys_inputs={"data": said}, font_paths=fonts, format="png", ppi=72.0
        )
        kept = _made_small(page)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _words(activity: Activity, shifts: Sequence[Shift]) -> dict[str, object]:
    organiser = activity.organization.name if activity.organization else activity.committee.name
    is_open = activity.state == ActivityState.PUBLISHED
    return {
        "portal": _("Volunteer portal"),
        "state": _("Volunteers wanted") if is_open else activity.get_state_display(),
        "title": printable(activity.title),
        "lines": [_when(shifts), printable(activity.place), printable(organiser)],
    }


def _when(shifts: Sequence[Shift]) -> str:
    now = timezone.now()
    shift = next((each for each in shifts if each.starts_at > now), shifts[0] if shifts else None)
    if shift is None:
        return ""
    first = stretch_text(shift.starts_at, shift.ends_at)
    if len(shifts) == 1:
        return first
    return _("{first}, {n} shifts in all").format(first=first, n=len(shifts))


def _made_small(page: bytes) -> bytes:
    small = io.BytesIO()
    with Image.open(io.BytesIO(page)) as picture:
        picture.convert("RGB").quantize(_COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()

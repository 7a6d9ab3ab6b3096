"""The desk: finding people as one types, checking 200 pasted rows, submitting them.

The finder is called as its page calls it, inside each level's scope, with what people type: the
first character of a name, a whole one, pinyin, initials, last digits, a portal number. Pasting and
submitting are whole verbs, draft and history included, and are taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median, quantiles
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.committees.models import Committee
from tests.benchmarks.figures import Figure, at_most, told
from tests.benchmarks.stage import Area, Stage
from tests.benchmarks.timing import seconds_of
from volunteers.desk.domain import Common, begin_draft, paste_rows, save_rows, submit_rows
from volunteers.desk.models import Draft
from volunteers.desk.summary.people import find_people
from volunteers.registry.models import Volunteer

__all__ = ["measure"]

PEOPLE = 40
ROWS = 200
FOUND = 8
_WAYS: dict[str, Callable[[Volunteer], str]] = {
    "first character": lambda person: person.name[:1],
    "whole name": lambda person: person.name,
    "given name": lambda person: person.name[1:],
    "initials": lambda person: person.initials,
    "pinyin": lambda person: person.spelling[:5],
    "end of telephone": lambda person: person.phone_mask[-4:],
    "end of identity number": lambda person: person.identity_mask[-4:],
    "name and end of telephone": lambda person: f"{person.name} {person.phone_mask[-4:]}",
    "portal number": lambda person: person.number,
    "nobody": lambda person: f"{person.name}无",
}


def measure(stage: Stage) -> list[Figure]:
    """The finder under each level's policies, then 200 rows of the county."""
    areas = {"province": stage.province, "city": stage.city, "county": stage.county}
    return [
        *(figure for level, area in areas.items() for figure in _finder(level, area)),
        *_rows(stage.county),
    ]


def _finder(level: str, area: Area) -> list[Figure]:
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        own = Committee.objects.get(pk=area.path)
        people = _people(area.path, PEOPLE)
        seconds = {way: _asked([text(each) for each in people], own) for way, text in _WAYS.items()}
    everything = [each for way in seconds.values() for each in way]
    slowest = max(seconds, key=lambda way: median(seconds[way]))
    return [
        at_most(f"finder of a {level}, p95", _p95(everything) * 1000, "ms", limit=100),
        told(f"    its slowest, {slowest}", median(seconds[slowest]) * 1000, "ms"),
    ]


def _asked(texts: Sequence[str], own: Committee) -> list[float]:
    """Seconds of each question, after a first one that is not counted."""
    find = partial(find_people, below=own, activity="敬老院探访", limit=FOUND)
    find(texts[0])
    return [seconds_of(partial(find, text)) for text in texts]


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _people(path: str, count: int) -> list[Volunteer]:
    """Evenly from all that the area has."""
    people = Volunteer.objects.below(path).active().order_by("-pk")
    keys = list(people.values_list("pk", flat=True)[: 100 * count])
    return list(Volunteer.objects.filter(pk__in=keys[:: max(len(keys) // count, 1)])[:count])


def _rows(county: Area) -> list[Figure]:
    pasted, submitted = [], []
    for _round in range(5):
        with acting_as(county.actor.scope, statement_timeout_ms=0):
            people = _people(county.path, ROWS)
            text = "\n".join(f"{n}. {each.name} {each.number}" for n, each in enumerate(people, 1))
            draft = _draft(county)
            pasted.append(seconds_of(partial(_paste, draft, county, text)))
            submitted.append(seconds_of(partial(submit_rows, draft, actor=county.actor)))
            transaction.set_rollback(True)
    return [
        at_most(f"{ROWS} pasted rows matched and checked", median(pasted), "s", limit=1),
        at_most(f"{ROWS} rows submitted", median(submitted), "s", limit=1),
    ]


def _draft(county: Area) -> Draft:
    today = timezone.localdate().isoformat()
    texts = {"activity": "敬老院探访", "date": today, "start": "00:00", "end": "00:01"}
    draft = begin_draft(actor=county.actor)
    shared = Common(base=0, texts=texts | {"evidence": "签到表照片"})
    return save_rows(draft, actor=county.actor, window=uuid4(), rows=[], common=shared).draft


def _paste(draft: Draft, county: Area, text: str) -> None:
    done = paste_rows(draft, actor=county.actor, window=uuid4(), text=text, after=0)
    if len(done.keys) != ROWS:
        message = f"{len(done.keys)} rows were made of {ROWS} lines."
        raise AssertionError(message)

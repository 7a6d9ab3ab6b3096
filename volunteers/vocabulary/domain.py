"""Keeping the list of words, and saying which of them hold for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.tenancy.keys import tier_of
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.vocabulary.models import KEPT_KINDS, MOST_SKILLS, Term, TermKind, VolunteerTerm

__all__ = [
    "add_term",
    "keeps_words",
    "match_skills",
    "place_term",
    "rename_term",
    "retire_term",
    "set_terms",
    "write_skills",
]


def keeps_words(actor: Actor) -> bool:
    """Whether the actor heads the province's office; all others choose from what it keeps."""
    return actor.may("vocabulary.manage") and tier_of(actor.scope.committee) == 1


@transaction.atomic
def add_term(*, actor: Actor, kind: TermKind, name: str) -> Term:
    """A new word at the end of its list. Raises `Refusal` for one that stands there already."""
    _must_keep(actor)
    if kind not in KEPT_KINDS:
        raise Refusal(_("These are the half-days of a week."), code="fixed", field="kind")
    last = Term.objects.of_kind(kind).aggregate(last=Max("position"))["last"] or 0
    return _saved(Term(kind=kind, name=_name_given(name), position=last + 1))


@transaction.atomic
def rename_term(term: Term, *, actor: Actor, name: str) -> Term:
    """Another name; rosters that still write the former one mean the same word."""
    locked = _locked(term, actor)
    name = _name_given(name)
    if name != locked.name:
        former = [*locked.also, locked.name]
        locked.also = [word for word in dict.fromkeys(former) if word != name]
        locked.name = name
    return _saved(locked)


@transaction.atomic
def place_term(term: Term, *, actor: Actor, position: int) -> Term:
    """Puts the word where it is offered; words of one position keep their age's order."""
    locked = _locked(term, actor)
    locked.position = max(1, min(position, 999))
    return _saved(locked)


@transaction.atomic
def retire_term(term: Term, *, actor: Actor, retired: bool) -> Term:
    """Stops offering the word, or offers it again; whoever has it keeps it."""
    locked = _locked(term, actor)
    locked.retired = retired
    return _saved(locked)


@transaction.atomic
def set_terms(
    volunteer_id: int,
    *,
    committee: str,
    actor: Actor,
    kinds: Collection[str],
    terms: Mapping[int, date | None],
) -> None:
    """Says anew which words of ``kinds`` hold for a person whose committee has that key.

    ``terms`` are ids of words with the last day of a licence, or None. Words of other kinds stay
    as they are; a retired word that the person has may stay. The entry's column of skills follows,
    by which lists and exports go. Raises `Refusal` for an unknown one and for too many skills.
    """
    actor.must("own.edit" if actor.scope.volunteer else "volunteers.edit")
    known = dict(Term.objects.filter(pk__in=terms, kind__in=kinds).values_list("pk", "kind"))
    if known.keys() != terms.keys():
        message = _("One of the words is not offered any more. Load the page anew.")
        raise Refusal(message, code="unknown_term")
    if sum(kind == TermKind.SKILL for kind in known.values()) > MOST_SKILLS:
        message = _("At most {most} skills are kept. Leave the most useful ones.")
        raise Refusal(message.format(most=MOST_SKILLS), code="too_many_skills", field="skill")
    wanted = {pk: until if known[pk] == TermKind.LICENCE else None for pk, until in terms.items()}
    held = VolunteerTerm.objects.filter(volunteer_id=volunteer_id, term__kind__in=kinds)
    present = dict(held.values_list("term_id", "valid_until"))
    stale = [pk for pk, until in present.items() if pk not in wanted or wanted[pk] != until]
    VolunteerTerm.objects.filter(volunteer_id=volunteer_id, term_id__in=stale).delete()
    VolunteerTerm.objects.bulk_create(
        VolunteerTerm(
            volunteer_id=volunteer_id, committee_id=committee, term_id=pk, valid_until=until
        )
        for pk, until in wanted.items()
        if pk not in present or pk in stale
    )
    if TermKind.SKILL in kinds:
        write_skills(volunteer_id)


def write_skills(volunteer_id: int) -> None:
    """The column of skills says again what words hold for the person, and what the list lacks.

    By a function of the database: volunteers write their words, but not their entry.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_write_skills(%s)", [volunteer_id])


def match_skills(volunteer_id: int, *, committee: str, actor: Actor, words: Iterable[str]) -> None:
    """The skills that an officer wrote, as words of the list where it has them."""
    matching = {term.pk: None for term in Term.objects.all().meaning(words)}
    set_terms(
        volunteer_id,
        committee=committee,
        actor=actor,
        kinds=[TermKind.SKILL],
        terms=matching,
    )


def _locked(term: Term, actor: Actor) -> Term:
    _must_keep(actor)
    if term.kind not in KEPT_KINDS:
        raise Refusal(_("These are the half-days of a week."), code="fixed", field="kind")
    return Term.objects.select_for_update().get(pk=term.pk)


def _must_keep(actor: Actor) -> None:
    actor.must("vocabulary.manage")
    if not keeps_words(actor):
        raise PermissionDenied(_("The words are kept by the province's office."))


def _name_given(name: str) -> str:
    missing = _("Enter the word.")
    most = Term._meta.get_field("name").max_length
    return text_given(name, field="name", most=most, missing=missing)


def _saved(term: Term) -> Term:
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as error:
        message = _("“{name}” stands in this list already.")
        raise Refusal(message.format(name=term.name), code="name_taken", field="name") from error
    return term

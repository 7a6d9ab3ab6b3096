"""Single organisations: registered, amended, standardised, closed."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from organizations.ledger.models import Organization, OrganizationKind

__all__ = [
    "amend_organization",
    "begin_standard",
    "close_organization",
    "register_organization",
    "standardise_organization",
    "withdraw_standard",
]


def register_organization(
    *,
    committee: Committee,
    name: str,
    kind: OrganizationKind,
    actor: Actor,
    founded_on: date | None = None,
    registered_with_civil_affairs: bool | None = None,
    responsible_person: str = "",
    reported_volunteers: int | None = None,
    notes: str = "",
) -> Organization:
    """Enters an organisation into the ledger of ``committee``.

    Raises `Refusal` for a committee outside the actor's own or closed, a name that stands there
    already, and a founding day in the future.
    """
    actor.must("organizations.edit")
    _check_reach(committee, actor)
    if committee.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed", field="committee")
    organization = Organization(
        committee=committee,
        name=name,
        kind=kind,
        founded_on=founded_on,
        registered_with_civil_affairs=registered_with_civil_affairs,
        responsible_person=responsible_person,
        reported_volunteers=reported_volunteers,
        notes=notes,
    )
    _check_facts(organization)
    organization.save(force_insert=True)
    return organization


def amend_organization(
    organization: Organization,
    *,
    name: str,
    kind: OrganizationKind,
    founded_on: date | None,
    registered_with_civil_affairs: bool | None,
    responsible_person: str,
    reported_volunteers: int | None,
    notes: str,
    actor: Actor,
) -> Organization:
    """Writes the facts anew; history keeps what stood. Raises `Refusal` as on registering."""
    actor.must("organizations.edit")
    organization = _locked(organization)
    organization.name = name
    organization.kind = kind
    organization.founded_on = founded_on
    organization.registered_with_civil_affairs = registered_with_civil_affairs
    organization.responsible_person = responsible_person
    organization.reported_volunteers = reported_volunteers
    organization.notes = notes
    _check_facts(organization)
    organization.save()
    return organization


def close_organization(organization: Organization, *, on: date, actor: Actor) -> Organization:
    """Ends the organisation; from ``on`` it no longer counts, days before keep their figure.

    Raises `Refusal` when it has been closed, or for a day not after its founding or to come.
    """
    actor.must("organizations.edit")
    organization = _locked(organization)
    if organization.closed_on is not None:
        raise Refusal(_("It has been closed already."), code="closed")
    _check_not_ahead(on, field="on")
    _check_after(on, organization.founded_on, _("It was founded on {day}; choose a later day."))
    organization.closed_on = on
    organization.save(update_fields=["closed_on"])
    return organization


def standardise_organization(organization: Organization, *, on: date, actor: Actor) -> Organization:
    """Counts the organisation as standardised from ``on``.

    Raises `Refusal` when it is standardised or closed, or for a day before its founding or to
    come.
    """
    actor.must("organizations.edit")
    organization = _locked(organization)
    if organization.closed_on is not None:
        raise Refusal(_("It has been closed already."), code="closed")
    if organization.standardised_on is not None and organization.standardised_until is None:
        said = _("It is standardised since {day}.")
        raise Refusal(said.format(day=organization.standardised_on), code="standardised")
    _check_not_ahead(on, field="on")
    if organization.founded_on is not None and on < organization.founded_on:
        said = _("It was founded on {day}; choose that day or a later one.")
        raise Refusal(said.format(day=organization.founded_on), code="before_founding", field="on")
    until = organization.standardised_until
    if until is not None and on < until:
        said = _("It was standardised until {day}; choose that day or a later one.")
        raise Refusal(said.format(day=until), code="too_early", field="on")
    begin_standard(organization, on)
    organization.save(update_fields=["standardised_on", "standardised_until", "earlier_standards"])
    return organization


def withdraw_standard(organization: Organization, *, on: date, actor: Actor) -> Organization:
    """From ``on`` the organisation no longer counts as standardised; earlier days stay.

    Raises `Refusal` when it is not standardised, or for a day not after the one it was.
    """
    actor.must("organizations.edit")
    organization = _locked(organization)
    if organization.standardised_on is None or organization.standardised_until is not None:
        raise Refusal(_("It is not standardised."), code="not_standardised")
    _check_not_ahead(on, field="on")
    said = _("It is standardised since {day}; choose a later day.")
    _check_after(on, organization.standardised_on, said)
    organization.standardised_until = on
    organization.save(update_fields=["standardised_until"])
    return organization


def begin_standard(organization: Organization, on: date) -> None:
    """Standardised from ``on``; a stretch that has ended is kept among the earlier ones."""
    since, until = organization.standardised_on, organization.standardised_until
    if since is not None and until is not None:
        organization.earlier_standards = [
            *organization.earlier_standards,
            DateRange(since, until, "[)"),
        ]
    organization.standardised_on, organization.standardised_until = on, None


def _locked(organization: Organization) -> Organization:
    return Organization.objects.select_for_update().get(pk=organization.pk)


def _check_reach(committee: Committee, actor: Actor) -> None:
    if actor.committee is None or not actor.committee.contains(committee.path):
        said = _("This committee does not belong to yours.")
        raise Refusal(said, code="outside", field="committee")


def _check_facts(organization: Organization) -> None:
    same_name = Organization.objects.filter(
        committee_id=organization.committee_id, name=organization.name
    )
    if same_name.exclude(pk=organization.pk).exists():
        said = _("The committee has an organisation of this name already.")
        raise Refusal(said, code="duplicate_name", field="name")
    founded_on = organization.founded_on
    if founded_on is None:
        return
    _check_not_ahead(founded_on, field="founded_on")
    ends = (organization.closed_on, organization.standardised_on)
    if any(day is not None and day < founded_on for day in ends):
        said = _("It was standardised or closed before that day; check the founding date.")
        raise Refusal(said, code="before_founding", field="founded_on")


def _check_not_ahead(day: date, *, field: str) -> None:
    if day > timezone.localdate():
        raise Refusal(_("The day lies in the future."), code="future", field=field)


def _check_after(on: date, start: date | None, sentence: str) -> None:
    if start is not None and on <= start:
        raise Refusal(sentence.format(day=start), code="too_early", field="on")

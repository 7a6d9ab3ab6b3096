"""Forms of the registry; the rules stand in the domain, so most fields only say what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.identity.identity_numbers import PERMIT_PREFIXES
from core.web.inputs import day_input
from organizations.accounts.actors import Actor
from organizations.committees.fields import CommitteeField
from organizations.committees.models import Committee
from volunteers.registry.domain import Consent, Document, Guardian, split_skills
from volunteers.registry.models import DocumentKind, Gender, Volunteer, VolunteerState
from volunteers.registry.queries import AgeBand, ClaimBand, HoursBand, PauseBand
from volunteers.registry.summary import words_of
from volunteers.vocabulary.fields import AbilityFields, SkillsField, WordsField
from volunteers.vocabulary.models import Term, TermKind

__all__ = [
    "AbilitiesForm",
    "AmendForm",
    "DocumentForm",
    "FindForm",
    "GuardianForm",
    "RegisterForm",
    "Section",
    "VolunteerFilters",
]

_STATUSES = (
    gettext_lazy("Youth League member"),
    gettext_lazy("Party member"),
    gettext_lazy("Young Pioneer"),
    gettext_lazy("no party affiliation"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together; a folded one is opened when there is something to read."""

    title: str
    hint: str
    fields: Sequence[BoundField]
    folded: bool = False


class _DocumentFields(forms.Form):
    """A document; with ``passport`` it asks for what a passport's number does not say."""

    number = forms.CharField(
        label=gettext_lazy("Identity number"),
        help_text=gettext_lazy(
            "Resident identity card, or residence permit for Hong Kong, Macao and Taiwan residents."
            " Birth date and gender are read from it."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        max_length=40,
    )
    birth_date = forms.DateField(label=gettext_lazy("Birth date"))
    gender = forms.ChoiceField(label=gettext_lazy("Gender"), choices=[("", ""), *Gender.choices])

    def __init__(self, *args: Any, passport: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passport = passport
        if passport:
            self.fields["number"].label = _("Passport number")
            self.fields["number"].help_text = ""
            self.fields["birth_date"].widget = day_input()
        else:
            del self.fields["birth_date"], self.fields["gender"]

    def document(self) -> Document:
        """The document entered; the permit is known by its first digits."""
        number: str = self.cleaned_data["number"]
        if self.passport:
            gender = Gender(self.cleaned_data["gender"])
            birth_date: date = self.cleaned_data["birth_date"]
            return Document(DocumentKind.PASSPORT, number, birth_date, gender)
        permit = number.strip().startswith(PERMIT_PREFIXES)
        kind = DocumentKind.RESIDENCE_PERMIT if permit else DocumentKind.IDENTITY_CARD
        return Document(kind, number)


class _GuardianFields(forms.Form):
    """A guardian, whom only minors have."""

    guardian_name = forms.CharField(
        label=gettext_lazy("Guardian"), required=False, max_length=50, widget=forms.TextInput
    )
    guardian_phone = forms.CharField(
        label=gettext_lazy("Guardian's telephone"), required=False, max_length=40
    )
    guardian_consent_on = forms.DateField(
        label=gettext_lazy("Guardian consented on"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian_consent_on"].widget = day_input()
        self.fields["guardian_phone"].widget = _phone_input()

    def guardian(self) -> Guardian:
        """The guardian entered, all empty where there is none."""
        return Guardian(
            name=self.cleaned_data["guardian_name"],
            phone=self.cleaned_data["guardian_phone"],
            consent_on=self.cleaned_data["guardian_consent_on"],
        )


class _PersonFields(forms.Form):
    """What may be said of anybody, and changed at any time."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, widget=forms.TextInput(attrs={"autofocus": True})
    )
    committee = CommitteeField(label=gettext_lazy("Township"))
    political_status = forms.CharField(
        label=gettext_lazy("Political status"), required=False, max_length=40
    )
    skills = SkillsField(label=gettext_lazy("Skills"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committee = self.fields["committee"]
        assert isinstance(committee, CommitteeField)  # noqa: S101 - for the type checker
        _offer_townships(committee, actor.scope.committee)
        self.statuses: Sequence[str | Promise] = _STATUSES
        self.fields["political_status"].widget.attrs["list"] = "political-statuses"
        skills = self.fields["skills"]
        assert isinstance(skills, SkillsField)  # noqa: S101 - for the type checker
        skills.offer(self.initial.get("skills", ()))

    def clean_skills(self) -> list[str]:
        """The skills, each by itself, also those that were written together."""
        return [word for given in self.cleaned_data["skills"] for word in split_skills(given)]


class RegisterForm(_DocumentFields, _GuardianFields, _PersonFields):
    """A new volunteer."""

    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40)
    registered_on = forms.DateField(label=gettext_lazy("Registered on"), initial=timezone.localdate)
    consent_on = forms.DateField(label=gettext_lazy("Consented on"), initial=timezone.localdate)
    consent_evidence = forms.CharField(
        label=gettext_lazy("Where the consent is kept"),
        max_length=300,
        help_text=gettext_lazy("Such as “signed form, file 2026-05”."),
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget = _phone_input()
        for name in ("registered_on", "consent_on"):
            self.fields[name].widget = day_input()

    def consent(self) -> Consent:
        """The person's own consent."""
        return Consent(self.cleaned_data["consent_on"], self.cleaned_data["consent_evidence"])

    def sections(self) -> list[Section]:
        """The fields in the order in which an officer reads them off the form."""
        guardian = self._fields("guardian_name", "guardian_phone", "guardian_consent_on")
        filled = any(field.value() or field.errors for field in guardian)
        person = ("name", "number", "birth_date", "gender", "phone", "committee")
        return [
            Section(pgettext("section", "Person"), "", self._fields(*person)),
            Section(
                pgettext("section", "Further"),
                "",
                self._fields("political_status", "skills", "registered_on"),
            ),
            Section(
                pgettext("section", "Consent"),
                _("The person must have agreed to being registered; say where that is kept."),
                self._fields("consent_on", "consent_evidence"),
            ),
            Section(
                _("Guardian (only for those under 18)"),
                _("Somebody under 18 needs a guardian's telephone and consent."),
                guardian,
                folded=not filled,
            ),
        ]

    def _fields(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]


class _Reasoned(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason (kept in the history)"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AmendForm(_PersonFields, _Reasoned):
    """What is not sealed, and a new telephone."""

    phone = forms.CharField(
        label=gettext_lazy("New telephone"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Leave it empty when it stays as it is."),
    )
    field_order = ["name", "committee", "political_status", "skills", "phone", "reason"]

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        initial = {
            "name": volunteer.name,
            "committee": volunteer.committee,
            "political_status": volunteer.political_status,
            "skills": words_of(volunteer),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["phone"].widget = _phone_input()
        self.fields["phone"].widget.attrs["placeholder"] = volunteer.phone_mask


class DocumentForm(_DocumentFields, _Reasoned):
    """A document that was entered wrongly, or a new one."""

    field_order = ["number", "birth_date", "gender", "reason"]


class GuardianForm(_GuardianFields, _Reasoned):
    """Who consents for a minor."""

    field_order = ["guardian_name", "guardian_phone", "guardian_consent_on", "reason"]


class AbilitiesForm(AbilityFields):
    """What one person can do, wants to do, and when there is time."""


class FindForm(forms.Form):
    """Who is looked for. Several places; all of the skills; a day of the week and its part."""

    place = forms.MultipleChoiceField(label=gettext_lazy("Places (any of them)"), required=False)
    skill = WordsField(label=gettext_lazy("Skills (all of them)"))
    language = WordsField(label=gettext_lazy("Languages and dialects"))
    licence = WordsField(label=gettext_lazy("Licences, valid on the day"))
    vehicle = WordsField(label=gettext_lazy("Vehicles"))
    on = forms.DateField(label=gettext_lazy("On the day"), required=False)
    part = forms.ChoiceField(
        label=gettext_lazy("Part of the day"),
        required=False,
        choices=[
            ("", gettext_lazy("any")),
            ("morning", gettext_lazy("morning")),
            ("afternoon", gettext_lazy("afternoon")),
            ("evening", gettext_lazy("evening")),
        ],
    )
    youngest = forms.IntegerField(
        label=gettext_lazy("Age from"), required=False, min_value=0, max_value=120
    )
    oldest = forms.IntegerField(
        label=gettext_lazy("Age to"), required=False, min_value=0, max_value=120
    )

    def __init__(self, *args: Any, reach: str, places: Sequence[Committee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Committee.objects.existing_on(timezone.localdate())
        near = [*here.children_of(reach).order_by("path"), *places]
        offered = {each.code: each.full_name for each in near}
        place: Any = self.fields["place"]
        place.choices = list(offered.items())
        place.widget.attrs["data-typeahead"] = reverse_lazy("committees:committee-search")
        self.fields["on"].widget = day_input()
        terms = list(Term.objects.offered())
        for kind in _SOUGHT:
            field: Any = self.fields[kind]
            field.choices = [(term.pk, term.name) for term in terms if term.kind == kind]

    def terms(self) -> list[int]:
        """All words that are needed."""
        return [pk for kind in _SOUGHT for pk in self.cleaned_data[kind]]


_SOUGHT = (TermKind.SKILL, TermKind.LANGUAGE, TermKind.LICENCE, TermKind.VEHICLE)


class VolunteerFilters(forms.Form):
    """How a list is narrowed; what makes no sense narrows nothing."""

    age = forms.ChoiceField(choices=AgeBand, required=False)
    state = forms.ChoiceField(choices=VolunteerState, required=False)
    claim = forms.ChoiceField(choices=ClaimBand, required=False)
    pause = forms.ChoiceField(choices=PauseBand, required=False)
    hours = forms.ChoiceField(choices=HoursBand, required=False)
    skill = forms.CharField(max_length=30, required=False)
    q = forms.CharField(max_length=50, required=False)
    committee = forms.SlugField(max_length=20, required=False)

    def asked(self) -> dict[str, str]:
        """The values that make sense; empty where nothing is asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


def _offer_townships(field: CommitteeField, reach: str) -> None:
    """What lies below one's own committee, with nothing chosen; the own one where it is alone."""
    field.offer(reach)
    widget: Any = field.widget
    if len(choices := list(widget.choices)) > 1:
        widget.choices = [("", ""), *choices[1:]]


def _phone_input() -> forms.TextInput:
    return forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})

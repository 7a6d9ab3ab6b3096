"""The page of rules: what holds today, what comes, who set it and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.rules.domain import may_set_rules, set_rule
from organizations.rules.forms import RuleForm
from organizations.rules.models import RuleValue
from organizations.rules.queries import rules_of_values
from organizations.rules.rules import Rule, known_rules

__all__ = ["show_rules"]

_UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule with what holds today and what has been set, the latest first."""

    rule: Rule
    value: int
    history: list[RuleValue] = field(default_factory=list)

    @property
    def coming(self) -> RuleValue | None:
        """What is set to hold next."""
        later = [row for row in self.history if row.effective_from > timezone.localdate()]
        return later[-1] if later else None

    @property
    def is_default(self) -> bool:
        """Whether nothing else has been set."""
        return self.value == self.rule.default


@dataclass(frozen=True, slots=True)
class Group:
    """Rules under one heading."""

    title: str | Promise
    rules: list[Shown]


@acts("rules.view")
@require_http_methods(["GET", "HEAD", "POST"])
def show_rules(request: HttpRequest) -> HttpResponse:
    """All rules on one page with their history; the province's secretary sets them there."""
    actor = actor_of(request)
    if request.method == "POST" and not may_set_rules(actor):
        raise PermissionDenied(_("Rules are set by the secretary of the province."))
    tomorrow = timezone.localdate() + timedelta(days=1)
    chosen = {"rule": request.GET.get("rule", ""), "effective_from": tomorrow}
    form = RuleForm(posted(request), initial=chosen)
    if form.is_valid() and _set(request, actor, form):
        return redirect("rules:rule-list")
    context = {
        "groups": list(_groups(actor)),
        "form": form if may_set_rules(actor) else None,
    }
    status = _UNPROCESSABLE if form.is_bound else None
    return render(request, "organizations/rules/list.html", context, status=status)


def _set(request: HttpRequest, actor: Actor, form: RuleForm) -> bool:
    try:
        row = set_rule(actor=actor, **form.values())
    except Refusal as refused:
        show_refusal(form, refused)
        return False
    rule = form.rule_chosen()
    text = _("From {day} on: {label} {value} {unit}.").format(
        day=row.effective_from.isoformat(),
        label=rule.label,
        value=row.value,
        unit=rule.unit.label,
    )
    messages.success(request, text)
    return True


def _values(actor: Actor) -> list[RuleValue]:
    values = RuleValue.objects.reaching(actor.scope.committee)
    return list(values.order_by("-effective_from", "-pk"))


def _shown(rule: Rule, values: list[RuleValue]) -> Shown:
    own = [row for row in values if row.key == rule.key]
    today = timezone.localdate()
    rules = rules_of_values(row for row in own if row.effective_from <= today)
    return Shown(rule, rules[rule], own)


def _groups(actor: Actor) -> Iterator[Group]:
    values = _values(actor)
    groups: dict[str, Group] = {}
    for rule in known_rules():
        group = groups.setdefault(str(rule.group), Group(rule.group, []))
        group.rules.append(_shown(rule, values))
    yield from groups.values()

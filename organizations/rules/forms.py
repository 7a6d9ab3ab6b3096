"""What the secretary types in to set a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.web.inputs import day_input
from organizations.rules.rules import Rule, known_rules

__all__ = ["RuleForm"]


def _choices() -> list[tuple[str, str]]:
    return [
        (rule.key, f"{rule.label}（{rule.least}–{rule.most} {rule.unit.label}）")
        for rule in known_rules()
    ]


class RuleForm(forms.Form):
    """A rule, its new value, the day from which it holds, and why."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule"), choices=_choices)
    value = forms.IntegerField(label=gettext_lazy("New value"))
    effective_from = forms.DateField(
        label=gettext_lazy("From"),
        widget=day_input(),
        help_text=gettext_lazy("Tomorrow at the earliest."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason (kept in the history)"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def rule_chosen(self) -> Rule:
        """The rule of a form that is valid."""
        key: str = self.cleaned_data["rule"]
        return next(rule for rule in known_rules() if rule.key == key)

    def values(self) -> dict[str, Any]:
        """The arguments of the verb, as typed."""
        return {**self.cleaned_data, "rule": self.rule_chosen()}

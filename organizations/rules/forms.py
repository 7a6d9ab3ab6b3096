"""What the secretary types in to set a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from organizations.rules.rules import Rule

__all__ = ["RuleForm"]


class RuleForm(forms.Form):
    """A value, the day from which it holds, and why."""

    value = forms.IntegerField(label=gettext_lazy("New value"))
    effective_from = forms.DateField(
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Tomorrow at the earliest."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason (kept in the history)"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The bounds are the verb's to refuse; the field only offers them.
        self.fields["value"].widget.attrs |= {"min": rule.least, "max": rule.most}
        self.fields["value"].help_text = f"{rule.least}–{rule.most} {rule.unit.label}"

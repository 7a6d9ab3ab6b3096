"""Template filters: ``{{ minutes|hours }}``, ``{{ rate|percent }}``, ``{{ number|count }}``."""

from django import template

from core.web.figures import count_text, hours_text, percent_text

register = template.Library()

register.filter("hours", hours_text)
register.filter("percent", percent_text)


@register.filter
def count(value: int | None) -> str:
    """Thousands with a comma."""
    return count_text(value)

"""Template tags: ``{% state_mark state label %}``, ``{% select_cell value name disabled %}``,
``{% figure_rows rows %}``, ``{% column_heads columns %}``, ``{% filter_groups filters %}``;
filter ``{{ row.code|address:"app:view" }}``.
"""

from django import template

from core.web.cells import figure_rows, select_cell, state_mark
from core.web.parts import column_heads, filter_groups
from core.web.row_addresses import address_of

register = template.Library()

register.simple_tag(state_mark)
register.simple_tag(select_cell)
register.simple_tag(figure_rows)
register.simple_tag(column_heads)
register.simple_tag(filter_groups)


@register.filter
def address(key: int | str, name: str) -> str:
    """As ``{% url name key %}``, for the rows of a list."""
    return address_of(name, key)

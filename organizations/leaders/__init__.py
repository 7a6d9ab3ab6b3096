"""Who leads an organisation, as far as accounts have to know."""

"""Django's PostgreSQL, asked less often."""

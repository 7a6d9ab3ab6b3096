"""What the Makefile calls. Only the standard library: it runs before anything is installed."""

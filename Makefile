# Every command does its own set-up; see README.md. PYTHON, PORT, VAR_DIR, DEMO_PASSWORD and
# ARGS (for test and bench) may be given: PORT=8001 make demo, make test ARGS="-k hours".
PYTHON ?= python3

# Exported as given, so that a value reaches the tools untouched by the shell.
export PORT VAR_DIR DEMO_PASSWORD ARGS

.PHONY: setup demo run test check bench stop lock
.DEFAULT_GOAL := setup

# exec: signals reach the tool itself, and it ends what it started.
setup demo run test check bench stop lock:
	@exec $(PYTHON) -m tools $@

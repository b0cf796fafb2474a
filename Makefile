# What people and scripts rely on: install, run, test, lint, bench. README.md says what each is for.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
# Neighbouring tests share what was made for them; a process that has done its own takes over some of another's.
PYTEST := $(BIN)/pytest -q -n 2 --dist worksteal
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export PORT ?= 5000

.PHONY: install install-dev run test test-16 assurance lint bench browser

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv

$(VENV)/.installed: requirements.txt | $(VENV)/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	touch $@

run: install
	$(FLASK) setup
	$(FLASK) sample load
	$(FLASK) sample greeting
	exec $(FLASK) serve

# Chromium comes from the system's packages where this user may install them; without it the tests say so.
browser:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else echo "Chromium is not here and cannot be installed: THE BROWSER TESTS WILL NOT RUN."; fi
endif

test: install-dev browser
	$(PYTEST)

# The same tests on the oldest PostgreSQL that is supported; servers of councils are often older than the embedded one.
test-16: install-dev browser
	LICENSING_POSTGRES=16 $(PYTEST)

# How the designated officer's records are kept apart, in figures: the exhaustive sizes of what `make test` samples.
assurance: install-dev
	ASSURANCE=full $(PYTEST) tests/assurance tests/browser/test_every_page.py tests/browser/test_looking.py tests/test_routes.py

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/djlint templates --lint --quiet

bench: install-dev
	$(BIN)/python -m benchmarks

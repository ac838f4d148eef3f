# `make help` lists what there is to do. Needs only Python 3 and make: the rest is fetched into this folder.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup train run test check lint types nlu-report content-check content-report mutants lock screenshots clean

PYTHON := .venv/bin/python
KORPU := .venv/bin/korpu
STAMP := .venv/.installed
TWO_WORKERS := -n 2 --dist loadgroup --no-loadscope-reorder

# Without byte code every command would spend 14 s on reading TensorFlow's and Rasa's sources again.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1
export RASA_TELEMETRY_ENABLED := false

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## install everything into .venv (Python 3.11 and uv are fetched if they are missing)

$(STAMP): requirements.lock scripts/setup.sh scripts/find-uv.sh scripts/korpu.sh
	@scripts/setup.sh

train: setup ## train the model, if anything that it is made from has changed
	@$(KORPU) train

run: setup ## start everything and say where the chat and the console are; Ctrl-C stops it
	@$(KORPU) run

test: setup ## run all tests
	@$(PYTHON) -m pytest $(TWO_WORKERS)

check: lint types ## lint, types and the fast tests, in less than two minutes
	@$(PYTHON) -m pytest -q -m "not slow and not thorough" $(TWO_WORKERS)

lint: setup ## look for mistakes and untidiness (ruff)
	@$(PYTHON) -m ruff check .

types: setup ## check the types (mypy --strict)
	@$(PYTHON) -m mypy

nlu-report: setup ## measure understanding and danger on evaluation/, write docs/nlu.md, fail below the floors
	@$(PYTHON) -m bot.report $(BASELINE)

content-check: setup ## hold texts, facts and translations to every rule: file, entry, what is wrong, how to mend it
	@$(PYTHON) -m bot.content check $(FILES)

content-report: setup ## write docs/content.md and docs/badges: what there is, who has read it, what is due
	@$(PYTHON) -m bot.content report

mutants: setup ## break referral/crypto in every small way; fail if fewer than nine in ten are noticed (half an hour)
	@$(PYTHON) -m scripts.mutate

lock: ## resolve the dependencies anew and write requirements.lock
	@scripts/lock.sh

screenshots: setup ## take the pictures in docs/screenshots from the running system
	@$(PYTHON) -m scripts.screenshots

clean: ## remove what was built; var/ with keys and cases is never touched
	rm -rf .venv .uv models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

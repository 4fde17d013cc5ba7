# Two commands set everything up: `make console` and `make test`.
.DEFAULT_GOAL := help
BIN := .venv/bin

.PHONY: help install console serve test browser lint types wheel bench soak reliability fuzz audit readme transcripts reference pictures pins clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## set up .venv with the command govreport
	@tools/setup.sh run

console: install ## ask at a prompt; the sample report is loaded
	@$(BIN)/govreport console

serve: install ## start the Telegram bot (token in .env)
	@$(BIN)/govreport serve

dev:
	@tools/setup.sh dev

test: dev ## set up and run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --durations 15 --durations-min 3

browser: dev ## what the tests in a browser need, where it can be had: Chromium, Playwright, axe-core
	@tools/browser.sh

lint: dev ## formatting, lint, import contracts, unused code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/vulture

types: dev ## strict types
	$(BIN)/mypy

wheel: dev ## build the wheel and try it in a venv outside the checkout
	tools/try_wheel.sh

bench: dev ## run the benchmarks beside their peers and write docs/benchmarks.md; STORE=… CORPUS=… for more than the sample
	@PYTHONPATH=. $(BIN)/python benchmarks/page.py $(if $(STORE),--store $(STORE)) $(if $(CORPUS),--corpus $(CORPUS)) \
	  $(if $(ONLY),--only $(ONLY))

soak: dev ## hundreds of kills and outages (about half an hour); SEED=… makes a run again
	@$(BIN)/python -m tests.faults.soak $(if $(SEED),--seed $(SEED)) $(if $(JSON),--json $(JSON))

reliability: dev ## write the tables of docs/reliability.md anew; SOAK=file of `make soak JSON=file`
	@$(BIN)/python -m tests.faults.compare --soak $(SOAK)

fuzz: ## coverage-guided fuzzing of readers, figures, questions, updates
	@tools/fuzz.sh $(RUNS)

audit: ## look the pinned dependencies up in the databases of known vulnerabilities
	@tools/audit.sh

readme: dev ## write the exchange shown in the READMEs anew
	$(BIN)/python tools/readme_exchange.py

transcripts: dev ## hold the golden conversations anew, to be reviewed as a diff
	@$(BIN)/python -m tests.transcripts write

reference: dev ## write docs/reference anew from the program
	@PYTHONPATH=. $(BIN)/python tools/reference.py

pictures: dev ## draw docs/images anew (needs Chromium); REPORTS=folder of 无锡 for the chart
	@PYTHONPATH=. $(BIN)/python tools/pictures.py $(if $(REPORTS),--reports $(REPORTS))

pins: dev ## renew the hashed pins after a change of dependencies
	tools/pin.sh

clean: ## remove .venv and caches
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

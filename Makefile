# Lễ Tân. Each target does the set-up that it needs; the second time that takes no time.
#
#   make run     the kiosk with simulated devices      make test   all checks and all tests
#   make demo    one whole visit, left in var/demo/    make check  before each commit (fast)
#   make bench   the figures of docs/numbers.md        make lock   renew requirements/*.txt
#   make prove   the long trials (docs/trials/)        make gallery  every page in every mode, in var/gallery/
#   make supply  licences, parts, audit, wheel           make coverage  which lines no test reaches
#   make test-install   installed, started, upgraded and removed in clean Debians; as root, with debootstrap
#   make test-newcomer  this page's commands in a clean Debian; the same

SHELL := /bin/sh
# Debian's own Python first: built with all optimisations it is twice as fast as many others.
PYTHON ?= $(shell for p in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
RUN ?= $(BIN)/python
TESTS ?= tests
JOBS ?= 3

.DEFAULT_GOAL := help
.PHONY: help run test coverage test-install test-newcomer demo gallery prove bench supply check lint format types contracts qmllint tests set-up set-up-test lock clean

help:
	@sed -n 's/^#   //p' Makefile

set-up:
	@$(or $(PYTHON),$(error Python 3.11 to 3.13 with venv is needed; on Debian: apt-get install python3-venv)) tools/set_up.py run

set-up-test:
	@$(or $(PYTHON),$(error Python 3.11 to 3.13 with venv is needed; on Debian: apt-get install python3-venv)) tools/set_up.py test

run: set-up
	@$(BIN)/kiosk run

demo: set-up
	@$(BIN)/python -m tools.demo

gallery: set-up-test
	@rm -rf var/gallery
	@KIOSK_ALBUM=$(CURDIR)/var/gallery/pages $(BIN)/python -m pytest -q -n $(JOBS) tests/screen/test_pages.py tests/screen/test_technician_looks.py
	@$(BIN)/python -m tools.gallery var/gallery/pages var/gallery

prove: set-up-test
	@nice $(BIN)/python -m tools.prove
	@nice $(BIN)/python -m tools.campaigns.printer_seen
	@nice $(BIN)/python -m tools.campaigns.printer_away
	@nice $(BIN)/python -m tools.campaigns.centre_fleet
	@KIOSK_KILLS=200 nice $(BIN)/python -m pytest -q tests/e2e/test_e2e_kills.py
	@KIOSK_LONG_QUEUE=100 nice $(BIN)/python -m pytest -q --timeout 3000 tests/core/test_core_queue_model.py

supply: set-up
	@$(BIN)/python -m tools.supply

test-install: set-up
	@nice $(BIN)/python -m tools.install_trial $(foreach suite,$(SUITES),--suite $(suite))

test-newcomer: set-up
	@nice $(BIN)/python -m tools.newcomer_trial

bench: set-up
	@$(BIN)/python -m bench

check: set-up-test lint types contracts qmllint
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not slow" $(TESTS)

# Types, contracts and QML take minutes on one processor each: beside the tests, not before them.
test: set-up-test lint
	@$(MAKE) --no-print-directory -j 2 tests types contracts qmllint

tests:
	@$(RUN) -m pytest -q -n $(JOBS) --dist worksteal $(TESTS) || \
		{ [ $$? -eq 1 ] && echo "== a second look at what failed, alone (docs/decisions/0020)" && \
		$(RUN) -m pytest -q --last-failed --last-failed-no-failures none $(TESTS); }

# Which lines no test reaches; it takes half as long again (docs/decisions/0045).
coverage: set-up-test
	@rm -f .coverage .coverage.*
	@$(MAKE) --no-print-directory tests RUN="$(BIN)/coverage run"
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

lint:
	@$(BIN)/ruff format --check -q . || { echo "make format puts that right"; exit 1; }
	@$(BIN)/ruff check -q .

format: set-up-test
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

types:
	@$(BIN)/mypy --no-error-summary

contracts:
	@$(BIN)/lint-imports >/dev/null || $(BIN)/lint-imports

# QML against the types that Python gives it: a misspelt property or slot fails.
qmllint:
	@mkdir -p var/qml/Kiosk
	@$(BIN)/pyside6-metaobjectdump -o var/qml/Kiosk/kiosk.json \
		kiosk/screen/rows_model.py $$(grep -l '^@QmlElement' kiosk/screen/*.py)
	@$(BIN)/pyside6-qmltyperegistrar --import-name Kiosk --major-version 1 --minor-version 0 \
		--foreign-types $$(ls $(BIN)/../lib/python3.*/site-packages/PySide6/Qt/metatypes/qt6core_metatypes.json) \
		--generate-qmltypes var/qml/Kiosk/kiosk.qmltypes -o /dev/null var/qml/Kiosk/kiosk.json
	@printf 'module Kiosk\ntypeinfo kiosk.qmltypes\n' > var/qml/Kiosk/qmldir
	@$(BIN)/pyside6-qmllint --max-warnings 0 -I var/qml $$(find kiosk/screen/qml -name '*.qml')

# The locks name no registry; uv is needed for this target alone.
lock:
	for name in build:run dev:dev robot:robot supply:supply; do \
		uv pip compile pyproject.toml --group $${name%:*} --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
			-q -o requirements/$${name#*:}.txt || exit 1; \
	done

clean:
	rm -rf .venv .venv-emupos var .coverage .mypy_cache .pytest_cache .ruff_cache

# Everything that is done with Berth. `make help` lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# Tools are kept outside the checkout: a second clone has them at once.
export BERTH_CACHE ?= $(HOME)/.cache/berth
export PATH := $(BERTH_CACHE)/bin:$(BERTH_CACHE)/binaryen/node_modules/.bin:$(PATH)
export CARGO_TERM_COLOR ?= $(if $(MAKE_TERMOUT),always,auto)
# One value for every command, or cargo rebuilds what another command has built.
export LEPTOS_OUTPUT_NAME := berth

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
export BERTH_STEPS := $(TARGET)/steps
step := .ci/step
leptos := cargo leptos
browser_half := --package berth-app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate
# Beside a test, dependencies get the same features as in `cargo test`: one small test in this
# command lets `make run` and `make test` share every artifact.
# The example makes the documents that the browser tests put through the form.
server_program := --workspace --bin berth --test commands --example documents

## Every day

.PHONY: run
run: site program ## Build what is missing and serve the console at http://127.0.0.1:3000 on the sandbox
	@echo "==> Serving the console on the sandbox. Nothing here touches AWS. Ctrl-C ends it."
	@echo "    The first start prints a one-time link below: open it to create the first administrator."
	@exec $(TARGET)/debug/berth serve $(ARGS)

.PHONY: test
test: ## Run everything that continuous integration runs
	@$(step) --begin
	@$(step) "install what is missing" .ci/install rust lints leptos deny packages browser postgresql aws
	@$(MAKE) lint
	@$(step) "build the browser's half" $(MAKE) site
	@$(step) "unit and in-process tests, both databases" $(MAKE) test-unit
	@$(step) "tours in AWS's own clients" $(MAKE) test-aws
	@$(step) "browser tests" $(MAKE) test-browser
	@$(step) --summary

.PHONY: dev
dev: ## Serve and rebuild at every change of a source file
	@.ci/install rust leptos
	@# Watching compiles leptos differently; a directory of its own keeps both sets of artifacts.
	CARGO_TARGET_DIR=$(TARGET)/dev $(leptos) watch

.PHONY: build
build: ## Build the release: target/release/berth and target/site
	@.ci/install rust leptos optimizer
	@echo "==> Building the release (some minutes)"
	@$(leptos) build --release --precompress --cargo-locked
	@echo "==> Sizes in bytes (the browser asks for .br)"
	@stat --printf '%12s  %n\n' $(TARGET)/release/berth target/site/pkg/*

## Parts of the above

.PHONY: site
site: # the browser's half: target/site
	@.ci/install rust leptos
	@echo "==> Building the browser's half"
	@$(leptos) build --frontend-only --cargo-locked

.PHONY: program
program: # the server's half: target/debug/berth
	@echo "==> Building the server's half"
	@cargo build --locked $(server_program)

.PHONY: fmt
fmt: ## Format every source file
	@cargo fmt --all

.PHONY: lint
lint: ## Check format, lints of both halves, and dependencies
	@.ci/install rust lints deny packages
	@$(step) "format" cargo fmt --all --check
	@$(step) "lints, the server's half" cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
	@$(step) "lints, the browser's half" cargo clippy --quiet --locked $(browser_half) -- -D warnings
	@$(step) "types of the browser tests" npm run --silent --prefix end2end check
	@$(step) "licences, duplicates, sources" cargo deny --log-level error check licenses bans sources
	@$(step) "known advisories" $(MAKE) advisories

.PHONY: advisories
advisories: # the database of known advisories is not part of any registry: a machine may not reach it
	@if timeout 60 cargo deny --log-level off fetch db 2>/dev/null; then \
		cargo deny --log-level error check --disable-fetch advisories; \
	else \
		echo "    NOT checked: the database of known advisories could not be fetched from here."; \
	fi

.PHONY: test-unit
test-unit: ## Run unit tests and in-process stories, on SQLite and PostgreSQL, some on moto
	@.ci/install postgresql aws
	@.ci/with-postgres .ci/with-moto cargo test --quiet --locked --workspace --no-fail-fast

.PHONY: test-browser
test-browser: ## Run the browser tests; ARGS="main-story" runs one of them
	@.ci/install packages browser
	@$(MAKE) program
	@cd end2end && BERTH_BIN=$(TARGET)/debug/berth npx --no-install playwright test $(ARGS)

.PHONY: test-aws
test-aws: ## Tour the sandbox in AWS's command line and in boto3; ARGS="rolled" picks by name
	@.ci/install aws
	@$(MAKE) program
	@BERTH_BIN=$(TARGET)/debug/berth $(BERTH_CACHE)/python/bin/python -B end2end/aws $(ARGS)

.PHONY: screenshots
screenshots: site program ## Take a picture of every page into end2end/screenshots
	@.ci/install packages browser
	@cd end2end && BERTH_SCREENSHOTS=1 BERTH_BIN=$(TARGET)/debug/berth npx --no-install playwright test screenshots

.PHONY: bench
bench: ## Measure what the code claims about its speed
	@cargo bench --locked --workspace
	@$(MAKE) bench-browser

.PHONY: bench-browser
bench-browser: program # what the browser takes, with the wasm of a release
	@.ci/install rust leptos optimizer packages browser
	@LEPTOS_SITE_ROOT=$(TARGET)/bench-site $(leptos) build --frontend-only --release --cargo-locked
	@cd end2end && BERTH_BENCH=1 BERTH_SITE=$(TARGET)/bench-site BERTH_BIN=$(TARGET)/debug/berth npx --no-install playwright test $(ARGS)

.PHONY: docs
docs: ## Write the code's documentation to target/doc
	@cargo doc --locked --workspace --no-deps

.PHONY: clean
clean: ## Remove everything that was built; the tools in the cache stay
	@rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report end2end/screenshots
	@cargo clean --quiet

.PHONY: help
help: ## List what can be done
	@awk -F ':.*## ' '/^## / { printf "\n%s\n", substr($$0, 4) } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

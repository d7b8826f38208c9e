# One command each; every target sets the checkout up first (once) and keeps what it makes inside it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
PORT ?= 4566
COUNT ?= 100
EACH ?= 1
# For a POSIX shell ENV is a file that it reads at its start; an environment's name has no slash.
ifneq ($(and $(filter environment,$(origin ENV)),$(findstring /,$(ENV))),)
ENV = dev
endif
ENV ?= dev
SINCE ?= 24h
# Whether `cdk` asks before it widens permissions or destroys: never, where nobody is there to answer (CI).
APPROVAL ?= broadening
OUT ?= cdk.out
# ENV=staging, before or after `make`; without it, what cdk.json says.
SETTINGS = $(if $(filter command environment,$(firstword $(origin ENV))),-c environment=$(ENV)) $(CONTEXT)
CDK = cdk --no-notices
WHERE = --env $(ENV) $(if $(findstring command,$(origin PORT)),--local $(PORT))
# For an old Python too, and for none at all: set_up.py itself is read by 3.11 and newer alone.
SET_UP = import sys; sys.path.insert(0, "tools"); sys.version_info < (3, 11) and sys.exit("setup: Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; `make PYTHON=/path/to/python3.11 ...` takes another one"); import set_up; sys.exit(set_up.main())
is_yes = $(filter 1 y yes true,$(1))
RUN := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# What a shell sets for its own purposes must not slow every run down.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help approval setup demo test test-faults check ci format lint types workflows deploy destroy deploy-roles test-unit test-properties test-emulated test-process test-infrastructure test-local synth diff \
	bench cost cost-tables security-table audit lock up down deploy-local send-local status verify report redrive second-run released clean
.DEFAULT_GOAL := help

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-20s %s\n", $$1, $$2}'

setup:  ## put everything into the checkout; each target does it first, once
	@$(PYTHON) -c '$(SET_UP)' || { code=$$?; [ $$code -lt 126 ] || echo "setup: there is no Python at PYTHON='$(PYTHON)'; install Python 3.11 or newer, or give its path: make PYTHON=/path/to/python3.11 ..." >&2; exit $$code; }

demo: setup  ## deploy onto an AWS inside the checkout and watch every event arrive (EACH=n, KEEP=1)
	@$(RUN) -m demo run --each "$(EACH)"

test: setup  ## all tests: unit, infrastructure, and end to end on the local AWS
	@$(RUN) -m pytest -q -n 4 --no-loadscope-reorder

test-faults: setup  ## the delivery promise under faults: where each event is in the end, as a table
	@$(RUN) -m pytest -q tests/faults

# Hypothesis's plugin imports all of Hypothesis for its summary, and no unit test is Hypothesis's.
test-unit: setup  ## what one runs at every edit: touches nothing
	@$(RUN) -m pytest -q -p no:hypothesispytest tests/unit

test-properties: setup  ## what holds whatever comes, tried with many examples (HYPOTHESIS_PROFILE=thorough: others at each run)
	@$(RUN) -m pytest -q -n 2 tests/properties

test-emulated: setup
	@$(RUN) -m pytest -q tests/emulated

test-process: setup
	@$(RUN) -m pytest -q tests/process

test-infrastructure: setup
	@$(RUN) -m pytest -q tests/infrastructure

test-local: setup
	@$(RUN) -m pytest -q tests/local

format: setup  ## format the sources
	@$(RUN) -m ruff format --quiet . && $(RUN) -m ruff check --quiet --fix-only .

lint: setup
	@$(RUN) -m ruff format --check --quiet . || { echo "lint: not formatted; run 'make format'"; exit 1; }
	@$(RUN) -m ruff check --quiet .

types: setup
	@$(RUN) -m mypy

workflows: setup  ## check .github/workflows with actionlint and zizmor
	@$(RUN) -m tools.workflows

synth: setup  ## write the templates to cdk.out, validated (ENV=staging, CONTEXT='-c name=value', OUT=folder)
	@$(CDK) synth --quiet $(SETTINGS) --output "$(or $(OUT),cdk.out)"

# FROM=folder: the templates that a `make synth` wrote there, read and not run, compared as texts.
diff: setup  ## what a deployment would change in the account of your credentials (ENV, CONTEXT)
	@[ -z "$(FROM)" ] || [ -d "$(FROM)" ] || { echo "diff: FROM is '$(FROM)', which is no folder; expected one that 'make synth OUT=...' wrote" >&2; exit 1; }
	@$(CDK) diff $(if $(FROM),--app "$(FROM)" --method template,$(SETTINGS))

approval:
	@case "$(APPROVAL)" in never | any-change | broadening) ;; *) echo "APPROVAL is '$(APPROVAL)'; expected never, any-change or broadening" >&2; exit 1 ;; esac

deploy: approval setup  ## cdk deploy --all with the credentials of your shell (ENV, CONTEXT; APPROVAL=never: without a question)
	@$(CDK) deploy --all --require-approval $(APPROVAL) $(SETTINGS)

destroy: setup  ## cdk destroy --all (ENV, CONTEXT; APPROVAL=never: without a question)
	@$(CDK) destroy --all $(if $(filter never,$(APPROVAL)),--force) $(SETTINGS)

deploy-roles: approval setup  ## once, by an administrator: the roles of a GitHub repository's jobs (REPOSITORY, ENV; docs/pipelines.md)
	@[ -n "$(REPOSITORY)" ] || { echo "deploy-roles: REPOSITORY is empty; expected owner/name or owner@id/name@id (docs/pipelines.md)" >&2; exit 1; }
	@$(CDK) deploy Auth0Events-$(ENV)-GitHubDeployRoles --require-approval $(APPROVAL) -c environment=$(ENV) -c github_repository=$(REPOSITORY) $(CONTEXT)

check: lint types workflows synth test  ## what a merge needs: format, lint, types, workflows, synth, template checks, tests

ci: check test-faults  ## all that CI runs

cost: setup  ## what it would cost a month, by this checkout's templates (ENV, CONTEXT); `python -m ops cost`: what is deployed
	@$(CDK) synth --quiet $(SETTINGS) --output .build/cost && $(RUN) -m ops cost --from .build/cost

cost-tables: setup  ## write the tables of docs/costs.md
	@$(RUN) -m tools.costs

bench: setup  ## measure everything side by side and write docs/performance.md (ONLY=topic, QUICK=1)
	@$(RUN) -m bench $(ONLY) $(if $(call is_yes,$(QUICK)),--quick)

security-table: setup  ## write the table of acknowledged findings in docs/security.md
	@$(RUN) -m tools.security_table

audit: setup  ## ask over the network whether a pinned dependency has a known vulnerability
	@$(RUN) -m tools.audit

lock: setup  ## pin every dependency with its hashes, after a change of requirements*.txt (LOCK=--upgrade: the newest)
	@$(RUN) -m tools.lock $(LOCK)

up: setup  ## start the local AWS and leave it running (PORT=4566)
	@$(RUN) -m local_aws up --port "$(PORT)"

down: setup  ## stop it
	@$(RUN) -m local_aws down --port "$(PORT)"

deploy-local: setup  ## cdk deploy onto the local AWS that is up
	@$(RUN) -m demo deploy --port "$(PORT)"

send-local: setup  ## send COUNT events of mixed types through the sender deployed there
	@$(RUN) -m ops send --count "$(COUNT)" --local "$(PORT)"

# The operator's commands: python -m ops -h has all of them. ENV=dev; PORT=4566 means the local AWS that is up.
status: setup  ## does every event get through, and is anybody told? (ENV=dev; PORT=4566: on the local AWS)
	@$(RUN) -m ops status $(WHERE)

verify: setup  ## test events through every route to the far end of every target
	@$(RUN) -m ops verify $(WHERE)

report: setup  ## one HTML page of what has happened (SINCE=24h)
	@$(RUN) -m ops report --since "$(SINCE)" $(WHERE)

redrive: setup  ## put dead letters back: a dry run; GO=1 does it (QUEUE=name)
	@$(RUN) -m ops redrive $(QUEUE) $(if $(call is_yes,$(GO)),--go) $(WHERE)

second-run: setup  ## deploy dev, staging, production and pr-12 twice onto a local AWS: nothing may change
	@$(RUN) -m tests.local.app.second_run

released: setup  ## at a release: pin what its stacks hold, for the upgrade test
	@$(RUN) -m tests.infrastructure.released

clean:  ## remove what set-up and the commands above made, but reports
	@[ ! -d .local-aws ] || python3 -m local_aws down-all || :  # whose lock, by which it is found, is removed below
	@rm -rf .venv node_modules cdk.out .build .local-aws .pytest_cache .mypy_cache .ruff_cache .hypothesis .setup.lock
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

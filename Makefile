# SPDX-License-Identifier: Apache-2.0

ROUTER ?= root@192.168.1.1
# Secret keys of the feed, made there when they are missing; `clean` leaves them alone.
KEYS ?= keys

.PHONY: help run test test-all check begin rows static e2e build pot bench deploy package feed sdk clean

help:
	@echo 'make run     boot a router in QEMU and print the URL of the page'
	@echo 'make test    lint, types, unit and backend tests, then what every change can break on that router'
	@echo 'make test-all everything: each step of each fault, each list of devices; before a release'
	@echo 'make build   write what follows from the sources: web/ compiled, the lists of findings, the texts to translate'
	@echo 'make bench   time the sampler on every ucode that is installed'
	@echo 'make package build the packages for opkg and apk, without an SDK, into dist/packages'
	@echo 'make feed    build a feed of them, signed with the keys in KEYS=$(KEYS), into dist/feed'
	@echo 'make sdk OPENWRT=24.10   build the packages with the SDK of that release (or SDK=<dir>) into dist/sdk'
	@echo 'make deploy ROUTER=$(ROUTER)   copy the app onto a router'
	@echo 'OPENWRT=<version> (its image, on its own kernel), OPENWRT=<version> OPENWRT_KERNEL=debian (its root'
	@echo '  filesystem, hardware included), OPENWRT_ROOTFS=<dir|tar> or OPENWRT_IMAGE=<dir> choose the router of run and test'

node_modules: package-lock.json
	npm ci --no-audit --no-fund
	@touch node_modules

run: node_modules
	@testbed/vm/install-packages.sh
	@npx tsx testbed/run.ts

# One after the other: two emulated routers and their browsers fill two cores, and the test that measures needs one to itself.
test: begin check e2e
	@npx tsx tests/durations/longest.ts

# An environment, not another list of tests: each test knows what more it does with EVERYTHING=1.
test-all: export EVERYTHING := 1
test-all: export SLOWPATH_SECONDS ?= 60
test-all: test

begin: node_modules
	@npx tsx tests/durations/longest.ts --begin

check: rows static

rows: build
	@testbed/vm/install-packages.sh test
	npx playwright test -c tests/page/playwright.config.ts --project measured

# What is written from the sources is brought up to date first: who adds a finding adds its two files, and nothing else.
static: build
	@testbed/vm/install-packages.sh test
	npx eslint .
	npx tsc --noEmit
	npx vitest run
	npx playwright test -c tests/page/playwright.config.ts --project page

e2e: node_modules
	@testbed/vm/install-packages.sh test
	npx playwright test

build: pot
	npm run --silent build

pot: node_modules
	npm run --silent pot

bench: node_modules
	@# on one core: two of them may differ, with what else the machine does
	@taskset -c 0 npx tsx tests/bench/bench.ts

deploy: node_modules
	@npx tsx tools/deploy.ts $(ROUTER)

package: node_modules
	@npx tsx tools/package/build.ts dist/packages

feed: node_modules
	@npx tsx tools/package/feed.ts dist/feed $(KEYS)

sdk: node_modules
	@testbed/vm/install-packages.sh sdk
	@npx tsx tools/package/sdk.ts dist/sdk $(or $(SDK),$(OPENWRT),$(error SDK=<dir> or OPENWRT=<release>))

clean:
	rm -rf node_modules .cache dist test-results playwright-report

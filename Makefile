# SPDX-License-Identifier: Apache-2.0

ROUTER ?= root@192.168.1.1

.PHONY: help run test check e2e build pot bench deploy clean

help:
	@echo 'make run     boot a router in QEMU and print the URL of the page'
	@echo 'make test    lint, types, unit and backend tests, then the page on that router'
	@echo 'make build   compile web/ into luci-app-nft-offload/htdocs'
	@echo 'make bench   time the sampler on every ucode that is installed'
	@echo 'make deploy ROUTER=$(ROUTER)   copy the app onto a router'
	@echo 'OPENWRT_ROOTFS=<dir|tar> or OPENWRT=<version> choose the router of run and test'

node_modules: package-lock.json
	npm ci --no-audit --no-fund
	@touch node_modules

run: node_modules
	@testbed/vm/install-packages.sh
	@npx tsx testbed/run.ts

test: check e2e

check: node_modules
	@testbed/vm/install-packages.sh
	npx eslint .
	npx tsc --noEmit
	npx vitest run

e2e: node_modules
	@testbed/vm/install-packages.sh test
	npx playwright test

build: node_modules
	npx vite build

pot: node_modules
	npm run --silent pot

bench: node_modules
	@npx tsx tests/bench/bench.ts

deploy: node_modules
	@npx tsx tools/deploy.ts $(ROUTER)

clean:
	rm -rf node_modules .cache test-results playwright-report

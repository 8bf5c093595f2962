#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the testbed needs and is not there yet; with the argument
# "test", what its end-to-end tests need as well. Silent when nothing is missing.

set -e
cd "$(dirname "$0")"

if [ "$(dpkg --print-architecture)" != amd64 ]; then
	echo "the testbed's machine is an amd64 one, built from the host's own programs: this host is $(dpkg --print-architecture)" >&2
	exit 1
fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
missing=
for package in $(sed 's/#.*//' packages ${1:+"packages.$1"}); do
	# trixie renamed some libraries with its change of time_t
	echo "$installed" | grep -qxE "$package(t64)?" || missing="$missing $package"
done

# the kernel's packages are found, and fetched, through apt's lists
if [ -n "$missing" ] || ! apt-cache show linux-image-amd64 >/dev/null 2>&1; then
	if [ "$(id -u)" != 0 ]; then
		echo "missing packages, and only root can install them:$missing" >&2
		exit 1
	fi
	echo "asking apt for its lists"
	apt-get -qq update
fi
if [ -n "$missing" ]; then
	echo "installing$missing"
	DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install --no-install-recommends $missing >/dev/null
fi

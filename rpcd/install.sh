#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copies the backend, byte for byte, into a router's file tree:
#
#	rpcd/install.sh DIRECTORY
#
# The one list of what goes where. The package's Makefile, `make package`,
# `make deploy` and the testbed all call this.
set -e

root=${1:?usage: install.sh DIRECTORY}
mkdir -p "$root"
root=$(cd "$root" && pwd)
cd "$(dirname "$0")"

# install_folder FOLDER PLACE MODE: each file of a folder here, at its place on the router
install_folder() {
	find "$1" -type f | while read -r file; do
		target=$root$2/${file#"$1"/}
		mkdir -p "${target%/*}"
		cp "$file" "$target"
		chmod "$3" "$target"
	done
}

install_folder object  /usr/share/rpcd/ucode         644
install_folder modules /usr/share/ucode/nft_offload  644
install_folder libexec /usr/libexec/nft-offload      755

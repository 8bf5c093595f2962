# SPDX-License-Identifier: Apache-2.0
# What a package's scripts call: default_postinst SCRIPT, default_prerm SCRIPT.
# SCRIPT is the caller's own path, by which its *-pkg is found.

package_script() {
	local name="${2##*/}"
	local script="$IPKG_INSTROOT/usr/lib/opkg/info/${name%.*}.$1-pkg"

	[ ! -f "$script" ] || ( . "$script" )
}

default_postinst() {
	[ -n "$IPKG_INSTROOT" ] || rm -f /tmp/luci-indexcache.*
	package_script postinst "$1"
}

default_prerm() {
	package_script prerm "$1"
}

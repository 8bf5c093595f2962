# SPDX-License-Identifier: Apache-2.0
# What the package's Makefile includes of an OpenWrt SDK first; it takes nothing from it.

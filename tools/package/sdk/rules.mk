# SPDX-License-Identifier: Apache-2.0
# What the package's Makefile takes from an OpenWrt SDK's rules.mk.

INSTALL_DIR:=install -d -m0755
INSTALL_DATA:=install -m0644
INSTALL_BIN:=install -m0755

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Typed on the console of an image that boots for the first time: where its
# network cards lead, who may log in, what is forwarded. Everything else stays
# as the image has it.

set -e

: >/etc/config/network
uci -q batch <<EOF
set network.loopback=interface
set network.loopback.device=lo
set network.loopback.proto=static
set network.loopback.ipaddr=127.0.0.1
set network.loopback.netmask=255.0.0.0
set network.br_lan=device
set network.br_lan.name=br-lan
set network.br_lan.type=bridge
add_list network.br_lan.ports=eth0
set network.lan=interface
set network.lan.device=br-lan
set network.lan.proto=static
add_list network.lan.ipaddr=192.168.1.1/24
set network.wan=interface
set network.wan.device=eth1
set network.wan.proto=static
add_list network.wan.ipaddr=203.0.113.1/24
set network.wan.gateway=203.0.113.254
set network.mgmt=interface
set network.mgmt.device=eth2
set network.mgmt.proto=static
add_list network.mgmt.ipaddr=10.0.2.15/24
commit network

set firewall.mgmt=zone
set firewall.mgmt.name=mgmt
add_list firewall.mgmt.device=eth2
set firewall.mgmt.input=ACCEPT
set firewall.mgmt.output=ACCEPT
set firewall.mgmt.forward=REJECT
commit firewall

set rpcd.viewer=login
set rpcd.viewer.username=viewer
set rpcd.viewer.password='\$1\$testbed\$7B3EcQrePx.93ai/pGv401'
add_list rpcd.viewer.read=unauthenticated
add_list rpcd.viewer.read=luci-base
add_list rpcd.viewer.read=luci-base-network-status
add_list rpcd.viewer.read=luci-app-nft-offload
commit rpcd
EOF
sed -i 's|^root:[^:]*:|root:$1$testbed$I6pyTfIvmP.bVWulSudi8/:|' /etc/shadow

# OpenWrt's own feeds are on the internet, where this router is not
for feeds in /etc/opkg/distfeeds.conf /etc/apk/repositories.d/distfeeds.list; do
	[ ! -e $feeds ] || : >$feeds
done

sync
/etc/init.d/network restart
fw4 -q restart
/etc/init.d/rpcd restart

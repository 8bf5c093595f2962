# SPDX-License-Identifier: Apache-2.0
# The network around the router, the same for every target. Runs in the tools'
# root, in the router's network namespace, before the router's init.
#
#	client --- lan1 [router] wan --- server
#	(nothing)  lan2 [router] mgmt --- QEMU's user network, hostfwd to :80

set -e

ip -batch - <<EOF
netns add client
netns add server
link add lan1 address 02:00:c0:a8:01:01 type veth peer name eth0 address 02:00:c0:a8:01:02 netns client
link add lan2 address 02:00:c0:a8:01:03 type veth peer name eth1 netns client
link add wan address 02:00:cb:00:71:01 type veth peer name eth0 address 02:00:cb:00:71:02 netns server
link set eth0 name mgmt
EOF
ip -n client -batch - <<EOF
link set lo up
link set eth0 up
addr add 192.168.1.2/24 dev eth0
addr add fd00:1::2/64 dev eth0 nodad
route add default via 192.168.1.1
route add default via fd00:1::1
EOF
ip -n server -batch - <<EOF
link set lo up
link set eth0 up
addr add 203.0.113.2/24 dev eth0
addr add 2001:db8::2/64 dev eth0 nodad
route add default via 203.0.113.1
route add default via 2001:db8::1
EOF

// SPDX-License-Identifier: Apache-2.0
/*
 * One end of a PPPoE session of the kernel's own, without anybody who talks:
 *
 *	pppoe DEVICE MAC SESSION NAME
 *
 * Both ends agree on the session's number beforehand, so there is no discovery,
 * and no LCP or IPCP either: the interface NAME is there at once, and addresses
 * are for somebody else to give. Packets take the way they take with pppd,
 * which has no part in them. Stays in the background; the interface goes with it.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_pppox.h>
#include <linux/ppp-ioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int must(int result, const char *what)
{
	if (result < 0) {
		perror(what);
		exit(1);
	}
	return result;
}

int main(int argc, char **argv)
{
	struct sockaddr_pppox peer = { .sa_family = AF_PPPOX, .sa_protocol = PX_PROTO_OE };
	struct sockaddr_storage address = { 0 };
	unsigned char *mac = peer.sa_addr.pppoe.remote;
	struct ifreq request = { 0 };
	int session, channel, number, unit = -1;

	if (argc != 5 || strlen(argv[1]) >= IFNAMSIZ || strlen(argv[4]) >= IFNAMSIZ
	    || sscanf(argv[2], "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4, mac + 5) != 6) {
		fprintf(stderr, "usage: pppoe DEVICE MAC SESSION NAME\n");
		return 2;
	}
	peer.sa_addr.pppoe.sid = htons(atoi(argv[3]));
	strcpy(peer.sa_addr.pppoe.dev, argv[1]);
	memcpy(&address, &peer, sizeof peer);

	session = must(socket(AF_PPPOX, SOCK_STREAM, PX_PROTO_OE), "socket");
	must(connect(session, (struct sockaddr *)&address, sizeof peer), "connect");
	must(ioctl(session, PPPIOCGCHAN, &number), "channel");
	channel = must(open("/dev/ppp", O_RDWR), "/dev/ppp");
	must(ioctl(channel, PPPIOCATTCHAN, &number), "attach");
	must(ioctl(must(open("/dev/ppp", O_RDWR), "/dev/ppp"), PPPIOCNEWUNIT, &unit), "unit");
	must(ioctl(channel, PPPIOCCONNECT, &unit), "bind");

	snprintf(request.ifr_name, IFNAMSIZ, "ppp%d", unit);
	strcpy(request.ifr_newname, argv[4]);
	must(ioctl(must(socket(AF_INET, SOCK_DGRAM, 0), "socket"), SIOCSIFNAME, &request), "rename");
	must(daemon(0, 0), "daemon");
	for (;;)
		pause();
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Datagrams with an IPv4 option (record route), two a second until it is
 * killed: options FROM PORT TO PORT
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address(const char *host, const char *port)
{
	struct sockaddr_in made = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };

	if (inet_pton(AF_INET, host, &made.sin_addr) != 1)
		exit(2);
	return made;
}

int main(int argc, char **argv)
{
	/* type, length, pointer, room for three routers, and the end */
	static const unsigned char route[16] = { 7, 15, 4 };

	if (argc != 5)
		return 2;

	struct sockaddr_in from = address(argv[1], argv[2]), to = address(argv[3], argv[4]);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (bind(fd, (struct sockaddr *)&from, sizeof(from)) || setsockopt(fd, IPPROTO_IP, IP_OPTIONS, route, sizeof(route)))
		return 1;

	/* an answer may say that nobody listens: that is no reason to end */
	for (;;) {
		sendto(fd, "options", 7, 0, (struct sockaddr *)&to, sizeof(to));
		usleep(500000);
	}
}

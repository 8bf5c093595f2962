// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frames.h"

int port;

void die(const char *what)
{
	fprintf(stderr, "testbed-agent: %s: %s\n", what, strerror(errno));
	exit(1);
}

int write_all(int fd, const void *data, size_t length)
{
	const char *p = data;

	while (length > 0) {
		ssize_t n = write(fd, p, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		length -= n;
	}
	return 0;
}

/* The port blocks while the host is away, so every frame arrives. */
void send_frame(uint8_t type, uint32_t id, const void *data, uint32_t length)
{
	unsigned char head[9];
	uint32_t rest = length + 5;

	memcpy(head, &rest, 4);
	head[4] = type;
	memcpy(head + 5, &id, 4);
	if (write_all(port, head, sizeof head) || write_all(port, data, length))
		die("port");
}

void send_exit(uint32_t id, uint8_t how, int32_t code)
{
	unsigned char data[5];

	data[0] = how;
	memcpy(data + 1, &code, 4);
	send_frame(EXIT, id, data, sizeof data);
}

void send_failure(uint32_t id, const char *what)
{
	char text[256];
	int n = snprintf(text, sizeof text, "%s: %s\n", what, strerror(errno));

	send_frame(ERR, id, text, n);
	send_exit(id, NOT_STARTED, 127);
}

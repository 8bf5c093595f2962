// SPDX-License-Identifier: Apache-2.0
/*
 * The testbed's agent: runs commands that the host sends over a virtio-serial
 * port, on the router or in one of the network namespaces beside it.
 *
 *	agent PORT ROUTER TOOLS
 *
 * It is started from the initramfs, before the router's init, and keeps the
 * two root directories open, so it works with any userland and survives
 * switch_root. It goes into the background as soon as it has opened them.
 * Static, no threads, one poll loop.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "frames.h"
#include "jobs.h"

#define MAX_FRAME (64u << 20)

/* Reads from the port what there is, and starts every job that is complete. */
static void receive(void)
{
	static char *buffer;
	static size_t have, size;
	ssize_t n;

	if (size - have < 65536) {
		size = have + 131072;
		buffer = realloc(buffer, size);
		if (!buffer)
			die("memory");
	}
	n = read(port, buffer + have, size - have);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		die("port");
	/* 0: the host is not connected (yet) */
	if (n == 0)
		usleep(20000);
	if (n > 0)
		have += n;
	for (;;) {
		uint32_t length, id;

		if (have < 9)
			return;
		memcpy(&length, buffer, 4);
		memcpy(&id, buffer + 5, 4);
		if (length < 5 || length > MAX_FRAME) {
			errno = EPROTO;
			die("frame");
		}
		if (have < 4 + (size_t)length)
			return;
		if (buffer[4] == RUN)
			start(id, buffer + 9, length - 5);
		have -= 4 + length;
		memmove(buffer, buffer + 4 + length, have);
	}
}

int main(int argc, char **argv)
{
	struct pollfd fds[2 + 2 * MAX_JOBS];
	sigset_t child;
	FILE *score;

	if (argc != 4) {
		fprintf(stderr, "usage: %s PORT ROUTER TOOLS\n", argv[0]);
		return 2;
	}
	port = open(argv[1], O_RDWR | O_CLOEXEC);
	router = open(argv[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	tools = open(argv[3], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (port < 0 || router < 0 || tools < 0)
		die("open");
	switch (fork()) {
	case -1:
		die("fork");
	case 0:
		setsid();
		break;
	default:
		return 0;
	}
	score = fopen("/proc/self/oom_score_adj", "we");
	if (score)
		fputs("-1000", score), fclose(score);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &no_signals);
	fds[0] = (struct pollfd){ port, POLLIN, 0 };
	fds[1] = (struct pollfd){ signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK), POLLIN, 0 };
	send_frame(HELLO, 0, "1", 1);
	for (;;) {
		int wait = expire();

		for (int i = 0; i < 2 * MAX_JOBS; i++)
			fds[2 + i] = (struct pollfd){ jobs[i / 2].pid ? jobs[i / 2].out[i % 2] : -1, POLLIN, 0 };
		if (poll(fds, 2 + 2 * MAX_JOBS, wait) < 0 && errno != EINTR)
			die("poll");
		for (int i = 0; i < 2 * MAX_JOBS; i++)
			if (fds[2 + i].fd >= 0 && fds[2 + i].revents)
				drain(&jobs[i / 2], i % 2, 4);
		if (fds[1].revents) {
			struct signalfd_siginfo info;

			while (read(fds[1].fd, &info, sizeof info) > 0)
				;
			reap();
		}
		if (fds[0].revents)
			receive();
	}
}

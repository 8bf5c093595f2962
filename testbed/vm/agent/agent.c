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
 *
 * Frames, both ways: u32 length of what follows, u8 type, u32 job, payload;
 * little endian. The types are described where they are handled.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_JOBS 64
#define MAX_FRAME (64u << 20)
/* A killed process that does not go (stuck in the kernel) is given up after this. */
#define GRACE_MS 3000

enum { HELLO = 'H', RUN = 'R', OUT = 'O', ERR = 'E', EXIT = 'X' };
enum { EXITED = 0, TIMED_OUT = 1, NOT_STARTED = 2 };

struct job {
	uint32_t id;
	pid_t pid; /* 0: free */
	int out[2]; /* our ends of stdout and stderr */
	int64_t deadline; /* ms; 0: none */
	int64_t given_up; /* ms; 0 until killed */
};

/* Payload of RUN, followed by the command and its standard input. */
struct run {
	uint8_t in_tools; /* 0: the router's root, 1: the tools' root */
	uint8_t netns_length;
	uint16_t reserved;
	uint32_t timeout; /* ms; 0: none */
	uint32_t command_length;
} __attribute__((packed));

static int port, router, tools;
static struct job jobs[MAX_JOBS];
static sigset_t no_signals;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void die(const char *what)
{
	fprintf(stderr, "testbed-agent: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int write_all(int fd, const void *data, size_t length)
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
static void send_frame(uint8_t type, uint32_t id, const void *data, uint32_t length)
{
	unsigned char head[9];
	uint32_t rest = length + 5;

	memcpy(head, &rest, 4);
	head[4] = type;
	memcpy(head + 5, &id, 4);
	if (write_all(port, head, sizeof head) || write_all(port, data, length))
		die("port");
}

static void send_exit(uint32_t id, uint8_t how, int32_t code)
{
	unsigned char data[5];

	data[0] = how;
	memcpy(data + 1, &code, 4);
	send_frame(EXIT, id, data, sizeof data);
}

static void send_failure(uint32_t id, const char *what)
{
	char text[256];
	int n = snprintf(text, sizeof text, "%s: %s\n", what, strerror(errno));

	send_frame(ERR, id, text, n);
	send_exit(id, NOT_STARTED, 127);
}

/* In the child: everything between fork and exec. */
static void become(const struct run *run, const char *netns, const char *command, int in, int out, int err)
{
	static char *const environment[] = {
		"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "USER=root",
		"SHELL=/bin/sh", "TERM=dumb", NULL
	};
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int root = run->in_tools ? tools : router;
	FILE *score;

	setsid();
	sigprocmask(SIG_SETMASK, &no_signals, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (run->netns_length) {
		char path[64];
		int ns;

		snprintf(path, sizeof path, "run/netns/%.*s", run->netns_length, netns);
		ns = openat(tools, path, O_RDONLY | O_CLOEXEC);
		if (ns < 0 || setns(ns, CLONE_NEWNET))
			dprintf(err, "%s: %s\n", path, strerror(errno)), _exit(127);
	}
	if (fchdir(root) || chroot("."))
		dprintf(err, "chroot: %s\n", strerror(errno)), _exit(127);
	score = fopen("/proc/self/oom_score_adj", "we");
	if (score)
		fputs("0", score), fclose(score);
	if (in < 0 && null < 0)
		null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	dup2(in >= 0 ? in : null, 0);
	dup2(out, 1);
	dup2(err, 2);
	execle("/bin/sh", "sh", "-c", command, (char *)NULL, environment);
	dprintf(2, "/bin/sh: %s\n", strerror(errno));
	_exit(127);
}

static int input_file(const char *data, size_t length)
{
	int fd;

	if (length == 0)
		return -1;
	fd = memfd_create("stdin", MFD_CLOEXEC);
	if (fd < 0 || write_all(fd, data, length) || lseek(fd, 0, SEEK_SET))
		return -2;
	return fd;
}

/* RUN: struct run, name of a network namespace, shell command, standard input. */
static void start(uint32_t id, const char *data, uint32_t length)
{
	struct run run;
	struct job *job = NULL;
	const char *netns;
	char *command;
	int out[2], err[2], in;

	for (int i = 0; i < MAX_JOBS && !job; i++)
		if (!jobs[i].pid)
			job = &jobs[i];
	if (length < sizeof run)
		errno = EINVAL;
	else
		memcpy(&run, data, sizeof run);
	if (length < sizeof run || length - sizeof run < run.netns_length
	    || length - sizeof run - run.netns_length < run.command_length) {
		errno = EINVAL;
		send_failure(id, "request");
		return;
	}
	if (!job) {
		errno = EAGAIN;
		send_failure(id, "jobs");
		return;
	}
	netns = data + sizeof run;
	command = strndup(netns + run.netns_length, run.command_length);
	data += sizeof run + run.netns_length + run.command_length;
	length -= sizeof run + run.netns_length + run.command_length;
	in = input_file(data, length);
	if (!command || in == -2 || pipe2(out, O_CLOEXEC)) {
		send_failure(id, "start");
		free(command);
		return;
	}
	if (pipe2(err, O_CLOEXEC)) {
		send_failure(id, "start");
		close(out[0]), close(out[1]);
		free(command);
		return;
	}
	job->pid = fork();
	if (job->pid == 0)
		become(&run, netns, command, in, out[1], err[1]);
	free(command);
	close(out[1]), close(err[1]);
	if (in >= 0)
		close(in);
	if (job->pid < 0) {
		job->pid = 0;
		close(out[0]), close(err[0]);
		send_failure(id, "fork");
		return;
	}
	job->id = id;
	job->out[0] = out[0];
	job->out[1] = err[0];
	job->deadline = run.timeout ? now() + run.timeout : 0;
	job->given_up = 0;
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	fcntl(err[0], F_SETFL, O_NONBLOCK);
}

/* Passes on what is in the pipe; at its end, or on an error, closes it. */
static void drain(struct job *job, int which, int rounds)
{
	char buffer[32768];

	while (job->out[which] >= 0 && rounds-- > 0) {
		ssize_t n = read(job->out[which], buffer, sizeof buffer);

		if (n > 0) {
			send_frame(which ? ERR : OUT, job->id, buffer, n);
		} else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			return;
		} else {
			close(job->out[which]);
			job->out[which] = -1;
		}
	}
}

/*
 * A job ends when its shell ends. What it left in the background may go on,
 * and may hold the pipes: they are emptied (bounded, somebody may fill them
 * without end) and closed, never waited for.
 */
static void finish(struct job *job, uint8_t how, int32_t code)
{
	for (int which = 0; which < 2; which++) {
		drain(job, which, 64);
		if (job->out[which] >= 0)
			close(job->out[which]);
	}
	send_exit(job->id, how, code);
	job->pid = 0;
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (int i = 0; i < MAX_JOBS; i++) {
			if (jobs[i].pid != pid)
				continue;
			if (jobs[i].given_up)
				finish(&jobs[i], TIMED_OUT, 124);
			else
				finish(&jobs[i], EXITED, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		}
	}
}

/* Kills what is over its time; returns the ms until the next one is, -1 for never. */
static int expire(void)
{
	int64_t next = -1, t = now();

	for (int i = 0; i < MAX_JOBS; i++) {
		struct job *job = &jobs[i];
		int64_t due;

		if (!job->pid || !job->deadline)
			continue;
		if (job->given_up && t >= job->given_up) {
			finish(job, TIMED_OUT, 124);
			continue;
		}
		if (!job->given_up && t >= job->deadline) {
			kill(-job->pid, SIGKILL);
			job->given_up = t + GRACE_MS;
		}
		due = job->given_up ? job->given_up : job->deadline;
		if (next < 0 || due - t < next)
			next = due - t;
	}
	return (int)next;
}

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

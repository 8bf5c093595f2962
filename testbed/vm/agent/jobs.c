// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "frames.h"
#include "jobs.h"

/* A killed process that does not go (stuck in the kernel) is given up after this. */
#define GRACE_MS 3000

/* Payload of RUN, followed by the command and its standard input. */
struct run {
	uint8_t in_tools; /* 0: the router's root, 1: the tools' root */
	uint8_t netns_length;
	uint16_t reserved;
	uint32_t timeout; /* ms; 0: none */
	uint32_t command_length;
} __attribute__((packed));

struct job jobs[MAX_JOBS];
int router, tools;
sigset_t no_signals;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
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

void start(uint32_t id, const char *data, uint32_t length)
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

void drain(struct job *job, int which, int rounds)
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

void reap(void)
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

int expire(void)
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

// SPDX-License-Identifier: Apache-2.0
/* Commands of the host that run now: each a shell, with both its streams. */
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

#define MAX_JOBS 64

struct job {
	uint32_t id;
	pid_t pid; /* 0: free */
	int out[2]; /* our ends of stdout and stderr */
	int64_t deadline; /* ms; 0: none */
	int64_t given_up; /* ms; 0 until killed */
};

extern struct job jobs[MAX_JOBS];

/* The two root directories that jobs run in, kept open. */
extern int router, tools;

/* The signal mask that jobs start with. */
extern sigset_t no_signals;

/* RUN: struct run, name of a network namespace, shell command, standard input. */
void start(uint32_t id, const char *data, uint32_t length);

/* Passes on what is in the pipe; at its end, or on an error, closes it. */
void drain(struct job *job, int which, int rounds);

/* Ends the jobs whose shells have ended. */
void reap(void);

/* Kills what is over its time; returns the ms until the next one is, -1 for never. */
int expire(void);

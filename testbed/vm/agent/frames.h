// SPDX-License-Identifier: Apache-2.0
/*
 * Frames between the agent and the host, both ways: u32 length of what follows,
 * u8 type, u32 job, payload; little endian. The types are described where they
 * are handled.
 */
#include <stddef.h>
#include <stdint.h>

enum { HELLO = 'H', RUN = 'R', OUT = 'O', ERR = 'E', EXIT = 'X' };
enum { EXITED = 0, TIMED_OUT = 1, NOT_STARTED = 2 };

/* The virtio-serial port that leads to the host. */
extern int port;

/* Ends the agent with `what` and the words of errno. */
_Noreturn void die(const char *what);

/* Returns -1 when it cannot be written whole. */
int write_all(int fd, const void *data, size_t length);

void send_frame(uint8_t type, uint32_t id, const void *data, uint32_t length);
void send_exit(uint32_t id, uint8_t how, int32_t code);

/* A job that could not be started: `what` failed, as errno says. */
void send_failure(uint32_t id, const char *what);

/* Programs of ours that do what may go wrong: each holds its libraries, and
 * what a file does to them, in a process of its own.
 *
 * A child has one end of a socket of packets as descriptor CHILD_FD, reads
 * nothing from standard input and prints nothing; it is used again and again
 * and ends when the other end is closed. */
#ifndef FEEDBIND_BASE_CHILD_H
#define FEEDBIND_BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CHILD_FD = 3 };

struct child {
    pid_t pid; /* 0: not started */
    int socket;
};

/* Start the program, a path, with one argument. */
bool child_start(struct child *c, char *program, char *argument);

/* End it, whatever it does; *c is then as before it was started. */
void child_stop(struct child *c);

/* Is a packet there to be received, or the end, within so many milliseconds?
 * Of a child that was asked for nothing it is the end. */
bool child_heard(const struct child *c, int milliseconds);

/* ---- both ends ---- */

/* Send a packet of n bytes, with a file descriptor (-1 for none). */
bool packet_send(int socket, const void *data, size_t n, int fd);

/* Receive a packet of up to `max` bytes: its length; 0 at the end, or if it
 * was none of ours. *fd gets the descriptor that came along, -1 for none; the
 * caller closes it. */
size_t packet_receive(int socket, void *data, size_t max, int *fd);

/* ---- the child's own ---- */

/* Give up what is not needed: privileges, cores, descriptors that were left
 * open, and all memory beyond so many bytes of address space (a sanitizer's
 * build has all that there is). Ends with the program that started it. */
void child_confine(uint64_t memory);

#endif

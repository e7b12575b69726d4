// Preloaded into the command by tests/faults.rs: one call on a file below a folder fails, or stops
// the process.
//
// FAULT_BELOW    the folder
// FAULT_AT       the number of the call, from 1; 0: none
// FAULT_ERRNO    the error it fails with; 0: the process stops, and then goes on
// FAULT_COUNT    a file to which the number of calls is written at the end

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static const char *below(void) {
    const char *folder = getenv("FAULT_BELOW");
    return folder ? folder : "/nowhere";
}

static int number(const char *name) {
    const char *value = getenv(name);
    return value ? atoi(value) : 0;
}

// Returns whether this call on the file at path is the one that fails.
static int fails(const char *path) {
    if (!path || strncmp(path, below(), strlen(below())) != 0) return 0;
    if (__sync_add_and_fetch(&calls, 1) != number("FAULT_AT")) return 0;
    int error = number("FAULT_ERRNO");
    if (error == 0) {
        raise(SIGSTOP);
        return 0;
    }
    errno = error;
    return 1;
}

static int fails_at(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        return fails(path) ? -1 : REAL(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

ssize_t read(int fd, void *bytes, size_t count) {
    return fails_at(fd) ? -1 : REAL(read)(fd, bytes, count);
}
ssize_t write(int fd, const void *bytes, size_t count) {
    return fails_at(fd) ? -1 : REAL(write)(fd, bytes, count);
}
int fsync(int fd) { return fails_at(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails_at(fd) ? -1 : REAL(fdatasync)(fd); }
int flock(int fd, int operation) {
    int flock(int, int);
    return fails_at(fd) ? -1 : REAL(flock)(fd, operation);
}
int ftruncate64(int fd, off64_t length) {
    return fails_at(fd) ? -1 : REAL(ftruncate64)(fd, length);
}
int rename(const char *from, const char *to) { return fails(to) ? -1 : REAL(rename)(from, to); }
int unlink(const char *path) { return fails(path) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return fails(path) ? -1 : REAL(mkdir)(path, mode); }
void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
    if (fd >= 0 && fails_at(fd)) return MAP_FAILED;
    return REAL(mmap64)(address, length, protection, flags, fd, offset);
}

__attribute__((destructor)) static void count(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}

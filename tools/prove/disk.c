/* A disk that can be cut, filled, shut and slowed: what a process asks of its files is written down.

   Loaded into a process by LD_PRELOAD; built by tools/prove/disk.py. Only files below DISK_ROOT count.
   DISK_LOG gets one record for each call that changes something, in the order of the calls:

       struct { uint8 kind; uint8 pad[3]; uint32 file; int64 offset; uint32 length; } + `length` bytes

   kind   O open (path; offset 1: emptied, 2: a folder)
          W write at offset (data)            T truncate to offset
          S fsync or fdatasync                D fsync of a folder
          U unlink (path)                     R rename (path \n path)
   DISK_CONTROL is one page of memory shared with the trial: byte 0 is 0, 'f' (no space left) or
   'r' (read-only); byte 1 is how many milliseconds an fsync takes longer. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MOST 4096

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int record = -1;
static volatile uint8_t *control;
static uint32_t names[MOST]; /* what a descriptor stands for; 0: nothing of ours */
static uint8_t folders[MOST];
static uint32_t last_name;

__attribute__((constructor)) static void begin(void) {
    root = getenv("DISK_ROOT");
    if (!root) return;
    root_length = strlen(root);
    const char *path = getenv("DISK_LOG");
    if (path) record = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    path = getenv("DISK_CONTROL");
    if (path) {
        int file = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
        if (file >= 0) {
            void *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
            if (page != MAP_FAILED) control = page;
            syscall(SYS_close, file);
        }
    }
}

static int is_ours(const char *path) {
    return root && path && strncmp(path, root, root_length) == 0;
}

static int fault(void) {
    uint8_t now = control ? control[0] : 0;
    if (now == 'f') return ENOSPC;
    if (now == 'r') return EROFS;
    return 0;
}

static void note(char kind, uint32_t file, int64_t offset, const void *bytes, uint32_t length) {
    if (record < 0) return;
    struct __attribute__((packed)) { uint8_t kind, pad[3]; uint32_t file; int64_t offset; uint32_t length; }
        head = {kind, {0}, file, offset, length};
    syscall(SYS_write, record, &head, sizeof head);
    if (length) syscall(SYS_write, record, bytes, length);
}

static int named(int file) { return file >= 0 && file < MOST && names[file]; }

static int opened(int file, const char *path, int flags) {
    if (file < 0 || file >= MOST) return file;
    pthread_mutex_lock(&turn);
    names[file] = 0;
    folders[file] = 0;
    if (is_ours(path)) {
        struct stat about;
        names[file] = ++last_name;
        folders[file] = fstat(file, &about) == 0 && S_ISDIR(about.st_mode);
        note('O', names[file], folders[file] ? 2 : (flags & O_TRUNC) ? 1 : 0, path, strlen(path));
    }
    pthread_mutex_unlock(&turn);
    return file;
}

static int open_it(int folder, const char *path, int flags, mode_t mode) {
    int why = is_ours(path) && (flags & (O_WRONLY | O_RDWR)) ? fault() : 0;
    if (why == EROFS || (why && (flags & O_CREAT) && access(path, F_OK))) { errno = why; return -1; }
    return opened(syscall(SYS_openat, folder, path, flags, mode), path, flags);
}

#define OPENER(name)                                                   \
    int name(const char *path, int flags, ...) {                       \
        va_list more; va_start(more, flags);                           \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                                  \
        return open_it(AT_FDCWD, path, flags, mode);                   \
    }
OPENER(open)
OPENER(open64)

#define OPENER_AT(name)                                                \
    int name(int folder, const char *path, int flags, ...) {           \
        va_list more; va_start(more, flags);                           \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                                  \
        return open_it(folder, path, flags, mode);                     \
    }
OPENER_AT(openat)
OPENER_AT(openat64)

int close(int file) {
    if (named(file)) names[file] = 0;
    return syscall(SYS_close, file);
}

static ssize_t written(int file, const void *bytes, size_t length, off_t offset, int here) {
    if (!named(file))
        return here ? syscall(SYS_write, file, bytes, length) : syscall(SYS_pwrite64, file, bytes, length, offset);
    int why = fault();
    if (why) { errno = why; return -1; }
    pthread_mutex_lock(&turn);
    ssize_t done = here ? syscall(SYS_write, file, bytes, length) : syscall(SYS_pwrite64, file, bytes, length, offset);
    if (done > 0) {
        if (here) offset = syscall(SYS_lseek, file, 0, SEEK_CUR) - done;
        note('W', names[file], offset, bytes, done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t write(int file, const void *bytes, size_t length) { return written(file, bytes, length, 0, 1); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) { return written(file, bytes, length, at, 0); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off_t at) { return written(file, bytes, length, at, 0); }

int ftruncate(int file, off_t length) {
    if (!named(file)) return syscall(SYS_ftruncate, file, length);
    int why = fault();
    if (why) { errno = why; return -1; }
    pthread_mutex_lock(&turn);
    int done = syscall(SYS_ftruncate, file, length);
    if (!done) note('T', names[file], length, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int ftruncate64(int file, off_t length) { return ftruncate(file, length); }

static int synced(int file, long call) {
    if (!named(file)) return syscall(call, file);
    if (control && control[1]) {
        struct timespec pause = {control[1] / 1000, (control[1] % 1000) * 1000000L};
        nanosleep(&pause, NULL);
    }
    pthread_mutex_lock(&turn);
    note(folders[file] ? 'D' : 'S', names[file], 0, NULL, 0); /* the trial needs no real one */
    pthread_mutex_unlock(&turn);
    return 0;
}
int fsync(int file) { return synced(file, SYS_fsync); }
int fdatasync(int file) { return synced(file, SYS_fdatasync); }

int unlink(const char *path) {
    if (is_ours(path)) {
        int why = fault();
        if (why == EROFS) { errno = why; return -1; }
        pthread_mutex_lock(&turn);
        note('U', 0, 0, path, strlen(path));
        pthread_mutex_unlock(&turn);
    }
    return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int rename(const char *from, const char *to) {
    if (is_ours(from) || is_ours(to)) {
        int why = fault();
        if (why == EROFS) { errno = why; return -1; }
        char both[2 * PATH_MAX];
        int length = snprintf(both, sizeof both, "%s\n%s", from, to);
        pthread_mutex_lock(&turn);
        int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
        if (!done) note('R', 0, 0, both, length);
        pthread_mutex_unlock(&turn);
        return done;
    }
    return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

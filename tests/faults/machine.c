/*
 * A machine whose disk and clock do what a test tells them. Loaded into the site with LD_PRELOAD; the site is not changed.
 *
 * Disk: after a power cut only what was synced is there, and a name only if its folder was synced after it was made: the
 * worst disk that is allowed. At every fsync or fdatasync of a file in MACHINE_DATA its content of that moment is copied to
 * MACHINE_DISK/files/INODE; at every sync of that folder its names are listed in MACHINE_DISK/names. Each sync of a file
 * adds its name as a line to MACHINE_DISK/syncs.
 *
 * MACHINE_TOLD is a file of 24 bytes that a test may change at any time: how many milliseconds the clock is wrong (8 bytes),
 * the errors with which every write and every read below MACHINE_DATA fails (4 bytes each; 0: none), and whether no name of
 * another machine can be looked up (4 bytes, and 4 unused).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct told {
  volatile int64_t clock_ms;
  volatile int32_t write_error;
  volatile int32_t read_error;
  volatile int32_t names_fail;
  int32_t unused;
};

static const char *data_folder;
static const char *disk_folder;
static struct told nothing_told;
static struct told *told = &nothing_told;

__attribute__((constructor)) static void begin(void) {
  data_folder = getenv("MACHINE_DATA");
  disk_folder = getenv("MACHINE_DISK");
  const char *path = getenv("MACHINE_TOLD");
  if (!path) return;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof(struct told), PROT_READ, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) told = mapped;
  close(fd);
}

/* The path of an open file relative to the data folder, "" for the folder itself; NULL if it lies elsewhere. */
static const char *inside(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = data_folder ? readlink(link, path, size - 1) : -1;
  if (length < 0) return NULL;
  path[length] = 0;
  size_t folder = strlen(data_folder);
  if (strncmp(path, data_folder, folder) != 0) return NULL;
  if (path[folder] == 0) return path + folder;
  return path[folder] == '/' ? path + folder + 1 : NULL;
}

static int may_write(int fd) {
  char path[4096];
  if (told->write_error == 0 || !inside(fd, path, sizeof path)) return 1;
  errno = told->write_error;
  return 0;
}

static int may_read(int fd) {
  char path[4096];
  if (told->read_error == 0 || !inside(fd, path, sizeof path)) return 1;
  errno = told->read_error;
  return 0;
}

static void put(int to, const char *bytes, ssize_t length) {
  while (length > 0) {
    ssize_t written = syscall(SYS_write, to, bytes, length);
    if (written <= 0) abort();
    bytes += written;
    length -= written;
  }
}

static void copy_file(int fd) {
  struct stat about;
  char target[4096], draft[4200], again[64], bytes[65536];
  if (fstat(fd, &about) != 0) abort();
  snprintf(target, sizeof target, "%s/files/%llu", disk_folder, (unsigned long long)about.st_ino);
  snprintf(draft, sizeof draft, "%s.%ld", target, (long)syscall(SYS_gettid));
  int to = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (to < 0) abort();
  /* Never opened a second time if it can be read: closing a second descriptor would drop the locks of a database. */
  int from = fd;
  if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
    snprintf(again, sizeof again, "/proc/self/fd/%d", fd);
    from = open(again, O_RDONLY | O_CLOEXEC);
  }
  off_t at = 0;
  for (ssize_t length; (length = syscall(SYS_pread64, from, bytes, sizeof bytes, at)) > 0; at += length) put(to, bytes, length);
  if (from != fd) close(from);
  close(to);
  if (rename(draft, target) != 0) abort();
}

static void list_names(void) {
  char target[4096], draft[4200], line[512];
  snprintf(target, sizeof target, "%s/names", disk_folder);
  snprintf(draft, sizeof draft, "%s.%ld", target, (long)syscall(SYS_gettid));
  int to = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  DIR *folder = opendir(data_folder);
  if (to < 0 || !folder) abort();
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] == '.') continue;
    int length = snprintf(line, sizeof line, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
    put(to, line, length);
  }
  closedir(folder);
  close(to);
  if (rename(draft, target) != 0) abort();
}

static void synced(int fd) {
  char path[4096], target[4096], line[512];
  const char *name = disk_folder ? inside(fd, path, sizeof path) : NULL;
  if (!name) return;
  if (*name == 0) return list_names();
  copy_file(fd);
  snprintf(target, sizeof target, "%s/syncs", disk_folder);
  int to = open(target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int length = snprintf(line, sizeof line, "%s\n", name);
  put(to, line, length);
  close(to);
}

int fsync(int fd) {
  if (!may_write(fd)) return -1;
  long result = syscall(SYS_fsync, fd);
  if (result == 0) synced(fd);
  return (int)result;
}

int fdatasync(int fd) {
  if (!may_write(fd)) return -1;
  long result = syscall(SYS_fdatasync, fd);
  if (result == 0) synced(fd);
  return (int)result;
}

ssize_t write(int fd, const void *bytes, size_t length) {
  return may_write(fd) ? syscall(SYS_write, fd, bytes, length) : -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  return may_write(fd) ? syscall(SYS_pwrite64, fd, bytes, length, at) : -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  return may_write(fd) ? syscall(SYS_pwrite64, fd, bytes, length, at) : -1;
}

ssize_t read(int fd, void *bytes, size_t length) {
  return may_read(fd) ? syscall(SYS_read, fd, bytes, length) : -1;
}

ssize_t pread(int fd, void *bytes, size_t length, off_t at) {
  return may_read(fd) ? syscall(SYS_pread64, fd, bytes, length, at) : -1;
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t at) {
  return may_read(fd) ? syscall(SYS_pread64, fd, bytes, length, at) : -1;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  if (told->names_fail) return EAI_AGAIN;
  int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
  return real(name, service, hints, found);
}

int ftruncate(int fd, off_t length) {
  return may_write(fd) ? (int)syscall(SYS_ftruncate, fd, length) : -1;
}

int ftruncate64(int fd, off64_t length) {
  return may_write(fd) ? (int)syscall(SYS_ftruncate, fd, length) : -1;
}

int clock_gettime(clockid_t which, struct timespec *time) {
  long result = syscall(SYS_clock_gettime, which, time);
  if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) {
    int64_t nanoseconds = time->tv_nsec + (told->clock_ms % 1000) * 1000000;
    time->tv_sec += told->clock_ms / 1000;
    if (nanoseconds < 0) nanoseconds += 1000000000, time->tv_sec -= 1;
    if (nanoseconds >= 1000000000) nanoseconds -= 1000000000, time->tv_sec += 1;
    time->tv_nsec = nanoseconds;
  }
  return (int)result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  (void)zone;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *where) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (where) *where = now.tv_sec;
  return now.tv_sec;
}

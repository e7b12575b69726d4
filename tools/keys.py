#!/usr/bin/env python3
"""Types queries into `hotseat browse` in a pseudo-terminal, and prints the time from each key to its frame.

    tools/keys.py HOTSEAT [COLUMNSxROWS] [ARGUMENT]...

A frame ends when the terminal is told so (mode 2026). Keys come 30 ms after the frame before.
"""

import fcntl
import os
import pty
import resource
import select
import struct
import sys
import termios
import time

QUERIES = [
    "how do you prevent a deadlock",
    "kubernetes pod restarts",
    "python gil multiprocessing",
    "index in sql joins",
]
FRAME_ENDS = b"\x1b[?2026l"
BACKSPACE = b"\x7f"


def frame(terminal):
    """Reads to the end of a frame; returns the number of bytes."""
    read = b""
    while FRAME_ENDS not in read:
        if not select.select([terminal], [], [], 10)[0]:
            sys.exit(f"no frame within 10 s after {read[-200:]!r}")
        read += os.read(terminal, 1 << 16)
    return len(read)


def start(program, columns, rows, arguments):
    """Returns the id of the process and its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execv(program, [program, "browse", *arguments])
    return child, terminal


def peak_memory(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main():
    program, size, *arguments = sys.argv[1:] + ["120x40"] * (len(sys.argv) < 3)
    columns, rows = map(int, size.split("x"))
    began = time.monotonic()
    process, terminal = start(program, columns, rows, arguments)
    frame(terminal)
    first = time.monotonic() - began
    times, sizes = [], []
    for query in QUERIES:
        for key in [*map(str.encode, query), *[BACKSPACE] * len(query)]:
            time.sleep(0.03)
            pressed = time.monotonic()
            os.write(terminal, key)
            sizes.append(frame(terminal))
            times.append(time.monotonic() - pressed)
    memory = peak_memory(process)
    os.write(terminal, b"\x03")
    os.waitpid(process, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    times.sort()
    sizes.sort()
    ms = lambda seconds: f"{seconds * 1000:.1f} ms"
    print(f"first frame {ms(first)}; {len(times)} keys: median {ms(times[len(times) // 2])},")
    print(f"99 % within {ms(times[len(times) * 99 // 100])}, all within {ms(times[-1])},")
    print(f"CPU {ms((used.ru_utime + used.ru_stime) / len(times))} each;")
    print(f"bytes of a frame: median {sizes[len(sizes) // 2]}, at most {sizes[-1]}; memory {memory >> 10} MB")


main()

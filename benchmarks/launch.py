"""Run a command and print seconds, exit code and peak bytes.

It is a small script of its own, because Linux counts the memory of a process into the peak of those that it starts: no
figure could be less than what the benchmarks themselves take.
"""

from __future__ import annotations

import os
import sys
import time


def main(argv: list[str]) -> None:
    nowhere = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    begun = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=[nowhere])
    _, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - begun
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(seconds, os.waitstatus_to_exitcode(status), peak)


if __name__ == "__main__":
    main(sys.argv[1:])

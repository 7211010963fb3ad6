"""Run a command and print seconds, exit code and peak bytes. A script of its own because it has to be small.

A process inherits the peak memory of the one that started it: the harness would be a floor under every figure.
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

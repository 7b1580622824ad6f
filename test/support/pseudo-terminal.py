"""Runs a program in a pseudo-terminal and talks to it: waits for a text, then sends keys.

Reads from stdin one JSON document { argv, cwd, env, columns, seconds, steps: [[text to wait for, keys to send], ...] } and prints one:
{ output, exitCode, reached }, where `reached` counts the steps whose text came.
"""

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time


def main():
    request = json.load(sys.stdin)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(request["cwd"])
        os.execvpe(request["argv"][0], request["argv"], request["env"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, request["columns"], 0, 0))
    output, reached, has_ended = talk(terminal, request["steps"], time.monotonic() + request["seconds"])
    if not has_ended:
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    print(json.dumps({"output": output, "exitCode": os.waitstatus_to_exitcode(status), "reached": reached}))


def talk(terminal, steps, deadline):
    heard, seen, reached = "", 0, 0
    raw = b""
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                chunk = os.read(terminal, 65536)
            except OSError:
                chunk = b""
            if not chunk:
                return heard, reached, True
            raw += chunk
            heard = raw.decode("utf-8", "replace")
        if reached < len(steps):
            text, keys = steps[reached]
            at = heard.find(text, seen)
            if at >= 0:
                seen, reached = at + len(text), reached + 1
                # The prompt listens a moment after it is drawn.
                time.sleep(0.15)
                os.write(terminal, keys.encode())
    return heard, reached, False


main()

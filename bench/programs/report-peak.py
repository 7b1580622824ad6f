"""Runs a program and writes its peak memory, in kilobytes, when it has ended."""
import os
import resource
import subprocess
import sys

status = subprocess.call(sys.argv[1:])
with open(os.environ["PEAK_REPORT"], "w") as report:
    report.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status)

"""What the suites of linters share."""

import glob
import subprocess


def sources(ending):
    return sorted(path for top in ("src", "tests")
                  for path in glob.glob(top + "/**/*" + ending, recursive=True)
                  if "node_modules" not in path)


def run(command):
    """What the linter has to say; None: nothing."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    return done.stdout + done.stderr or "exit status %d" % done.returncode


def report(name, fault):
    print("%s - %s" % ("not ok" if fault else "ok", name))
    if fault:
        print(fault)
    return bool(fault)

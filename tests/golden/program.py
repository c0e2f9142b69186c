"""Runs firstfault for the golden and hostile tests: always in the same environment, never waiting for ever.

    run = program.Program("build/firstfault", source_folder)
    result = run("triage", "corpus/flagship/flagship.zip", "--format", "json")
    result.status, result.out, result.err
"""
import collections
import os
import subprocess

Result = collections.namedtuple("Result", "status out err")
WALL_SECONDS = 60


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), folder

    def environment(self, more=None):
        """Nothing of the caller's configuration, GitHub variables or terminal reaches the program."""
        sanitizers = ("ASAN_", "UBSAN_", "LSAN_", "TSAN_")
        kept = {key: value for key, value in os.environ.items() if key.startswith(sanitizers)}
        return {**kept, "PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                **(more or {})}

    def __call__(self, *arguments, stdin=None, env=None):
        """`stdin` is None (nothing to read), bytes, or an open file."""
        given = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin or subprocess.DEVNULL}
        done = subprocess.run([self.path, *arguments], cwd=self.folder, env=self.environment(env), timeout=WALL_SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **given)
        return Result(done.returncode, done.stdout, done.stderr)

"""Repositories that somebody might make in order to hurt: each function changes a copy of the one that a run has.

A maker gets the copy and a folder beside it, `outside`, whose files hold CANARY and must never be read.
"""
import os
import pathlib
import shutil
import socket
import stat
import subprocess

import inputs

CANARY = "canary-that-lies-outside"
MIB = 1 << 20
WORKFLOWS = pathlib.Path(".github/workflows")
PROD, UAT = WORKFLOWS / "13-prod-deployment.yml", WORKFLOWS / "12-uat-deployment.yml"
SETTINGS = pathlib.Path("backend/projectmeats/settings")
BASE = SETTINGS / "base.py"
# A name is shown wherever a file is named: in answers, places and diffs.
NAMES = [b"\x1b[31mred\x1b[0m", b"\n::error::name", b"::warning::name", b"@octocat `#1` <img src=x>", b"a|b", b"```",
         b"\xff\xfe not text", "\u202ecod".encode(), b"\x9b31m", b"\r##[error]x", b"-rf", b"ghp_" + inputs.SECRET[4:].encode(),
         b"x" * 240]
STEP = "name: X\non: push\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    steps:\n      - name: Apply\n        run: |\n"
CALL = "          python manage.py migrate_schemas --shared || python manage.py migrate --noinput\n"


def as_it_is(_root, _outside):
    """The measure of all others."""


def empty(root, _outside):
    shutil.rmtree(root)
    root.mkdir()


def put_link(place, target):
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    elif os.path.lexists(place):
        place.unlink()
    os.symlink(target, place)


def links(root, outside):
    """In circles, upwards, and out of the repository in place of what is asked about."""
    shutil.copy(root / BASE, outside / "base.py")
    with open(outside / "base.py", "a", encoding="utf-8") as file:
        file.write(f"\nINSTALLED_APPS += ['django_tenants', '{CANARY}']\n")
    (outside / "uat.yml").write_text(f"{STEP}{CALL}          echo {CANARY}\n")
    (outside / "guide.md").write_text(f"migrate_schemas {CANARY}\n")
    put_link(root / BASE, outside / "base.py")
    put_link(root / UAT, outside / "uat.yml")
    put_link(root / ".github/copilot-instructions.md", outside / "guide.md")
    put_link(root / "docs", outside)
    put_link(root / "frontend" / "loop", "loop")
    put_link(root / "frontend" / "one", "two")
    put_link(root / "frontend" / "two", "one")
    put_link(root / "backend" / "up", "..")
    put_link(root / "etc", "/etc")


def linked_workflows(root, outside):
    shutil.copytree(root / ".github", outside / "github")
    put_link(root / ".github", outside / "github")


def special_files(root, _outside):
    """What never ends, or never begins, when it is read; names that a reader of Python or YAML would open."""
    (root / BASE).unlink()
    os.mkfifo(root / BASE)
    (root / UAT).unlink()
    os.mkfifo(root / UAT)
    (root / "Makefile").unlink()
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(root)  # the path of a socket has to be short
    server.bind("Makefile")
    os.chdir(here)
    server.close()
    if os.geteuid() == 0:
        (root / "backend/manage.py").unlink()
        try:
            os.mknod(root / "backend/manage.py", stat.S_IFCHR | 0o644, os.makedev(1, 5))
        except OSError:
            os.mkfifo(root / "backend/manage.py")  # nobody may make devices here
    os.mkfifo(root / ".git")


def sparse_settings(root, _outside):
    os.truncate(root / BASE, 300 * MIB)


def many_files(root, _outside):
    for folder in range(100):
        place = root / "backend" / f"data{folder}"
        place.mkdir()
        for number in range(1000):
            os.close(os.open(place / f"{number}.py", os.O_CREAT | os.O_WRONLY))


def deep_folders(root, _outside):
    here = os.getcwd()
    os.chdir(root / "backend")
    for _ in range(2000):
        os.mkdir("apps2")
        os.chdir("apps2")
    os.chdir(here)


def large_workflow(root, _outside):
    """A megabyte of steps, each of which needs the edit, and one of comments in the file that ran."""
    (root / WORKFLOWS / "99-large.yml").write_text(STEP + CALL * (MIB // len(CALL)))
    with open(root / PROD, "a", encoding="utf-8") as file:
        file.write("# migrate_schemas is named here, too\n" * (MIB // 37))


def many_steps(root, _outside):
    step = f"      - name: Apply\n        run: |\n{CALL}"
    (root / WORKFLOWS / "99-steps.yml").write_text(STEP + CALL + step * (MIB // len(step)))


def aliases(root, _outside):
    """Each level stands for ten of the one below."""
    levels = ["l0: &l0 [migrate_schemas]"] + [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]
    bomb = "\n".join(levels) + "\n"
    for path in (PROD, UAT):
        (root / path).write_text(bomb + (root / path).read_text("utf-8"), "utf-8")
    (root / WORKFLOWS / "self.yml").write_text("on: push\njobs: &a\n  x: *a\n")


def broken_yaml(root, _outside):
    text = (root / PROD).read_text("utf-8")
    (root / PROD).write_text(text[:len(text) // 2] + "\n\t- [{\n" + text[len(text) // 2:], "utf-8")
    (root / UAT).write_bytes(b"jobs:\n  \xff\xfe: \x00\x01\n" + os.urandom(5000))
    (root / WORKFLOWS / "deep.yml").write_text("jobs: " + "[" * 50000)
    (root / WORKFLOWS / "empty.yml").write_text("")
    (root / WORKFLOWS / "folder.yml").mkdir()


def odd_settings(root, outside):
    """Python that only Python could evaluate, and some that nobody should."""
    made = outside / "made"
    lines = [f"__import__('os').system('touch {made}')", f"exec(\"open('{made}', 'w')\")",
             "INSTALLED_APPS = [name for name in os.environ['APPS'].split(',')] + list(map(str, range(10 ** 9)))",
             "INSTALLED_APPS += ('x' * 10 ** 9,)", "INSTALLED_APPS *= 10 ** 9", "from .base import *", "from . import base",
             "A = " + "(" * 5000, "B = '''never ends", "C = \"\\N{DIGIT ONE}\\x00\""]
    (root / BASE).write_text("import os\n" + "\n".join(lines) + "\n")
    (root / SETTINGS / "test.py").write_text("from .production import *\nINSTALLED_APPS = INSTALLED_APPS * 2 ** 64\n")
    (root / SETTINGS / "production.py").write_text("from .test import *\n" + "INSTALLED_APPS = INSTALLED_APPS + INSTALLED_APPS\n" * 4000)
    (root / SETTINGS / "development.py").write_bytes(b"INSTALLED_APPS = [\x00'django_tenants']\n")
    (root / SETTINGS / "build.py").write_bytes(b"INSTALLED_APPS = ['\xff\x1b[31m', \"\xe2\x80\xae\"]\n" + b"(" * 100000)
    (root / SETTINGS / "staging.py").write_text("INSTALLED_APPS = [" + "'a', " * 400000 + "]\n")


def git(root, *arguments):
    names = ["-c", "user.name=Example", "-c", "user.email=example@example.org", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", *names, *arguments], cwd=root, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"})


def commit(root):
    git(root, "init", "--quiet", "--initial-branch=main", ".")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=all")


def git_garbage(root, _outside):
    commit(root)
    place = root / ".git"
    objects = place / "objects"
    names = [path for path in objects.glob("??/*") if path.is_file()]
    for number, path in enumerate(names):
        path.chmod(0o644)
        path.write_bytes((os.urandom(200), b"", b"\x78\x01" + bytes(100))[number % 3])
    (objects / "pack").mkdir(exist_ok=True)
    (objects / "pack" / f"pack-{'a' * 40}.pack").write_bytes(b"PACK" + os.urandom(4000))
    (objects / "pack" / f"pack-{'a' * 40}.idx").write_bytes(b"\xfftOc\0\0\0\2" + os.urandom(4000))
    (place / "packed-refs").write_bytes(os.urandom(4000))
    (place / "config").write_bytes(b"[remote \"\x1b[31m\"]\n\turl\n" + os.urandom(4000).replace(b"url", b"---"))
    (place / "index").write_bytes(os.urandom(4000))
    (place / "HEAD").write_bytes(b"ref: refs/heads/../../../\x1b[31m\n")


def git_foreign(root, _outside):
    """The remotes of another repository, in words that no terminal should see."""
    commit(root)
    with open(root / ".git/config", "ab") as file:
        file.write(b"[remote \"origin\"]\n\turl = https://example.org/\x1b]0;x\x07/\xff\n")


def git_elsewhere(root, outside):
    """`.git` is a file that names a folder outside, whose files are links to what is none of git's business."""
    (outside / "secret").write_text(CANARY + "\n")
    place = outside / "dir"
    (place / "refs").mkdir(parents=True)
    (place / "objects").mkdir()
    for name in ("HEAD", "config", "packed-refs", "commondir"):
        put_link(place / name, "../secret")
    (root / ".git").write_text(f"gitdir: {place}\n")


def git_stores(root, outside):
    """Folders of objects that lead round in circles, to the root, and to what never ends."""
    commit(root)
    (outside / "objects").mkdir()
    os.mkfifo(outside / "objects" / "fifo")
    (root / ".git/objects/info/alternates").write_text(f".\n../objects\n/\n/proc\n{outside}/objects\n" + "x/" * 3000 + "\n")


def git_settings(root, outside):
    """Everything in git's settings that runs or reads something, and hooks."""
    script = outside / "run"
    script.write_text(f"#!/bin/sh\necho {CANARY} >>{outside}/made\n")
    script.chmod(0o755)
    (outside / "config").write_text(f"[core]\n\teditor = {script}\n[remote \"{CANARY}\"]\n\turl = https://example.org/x/meats\n")
    (outside / "attributes").write_text("* filter=evil\n")
    (root / ".gitattributes").write_text("* filter=evil diff=evil merge=evil text=auto\n")
    commit(root)
    keys = {"core": ["fsmonitor", "sshCommand", "pager", "editor", "askPass", "gitProxy", "alternateRefsCommand"],
            "diff": ["external"], "filter \"evil\"": ["clean", "smudge", "process"], "diff \"evil\"": ["textconv", "command"],
            "merge \"evil\"": ["driver"], "credential": ["helper"], "gpg": ["program"], "uploadpack": ["packObjectsHook"]}
    text = "".join(f"[{section}]\n" + "".join(f"\t{key} = {script}\n" for key in names) for section, names in keys.items())
    text += f"[core]\n\thooksPath = {outside}\n\tattributesFile = {outside}/attributes\n\texcludesFile = {outside}/attributes\n"
    text += f"\tworktree = {outside}\n"
    text += f"[include]\n\tpath = {outside}/config\n[includeIf \"gitdir:/\"]\n\tpath = {outside}/config\n"
    with open(root / ".git/config", "a", encoding="utf-8") as file:
        file.write(text)
    for name in ("post-checkout", "pre-commit", "fsmonitor-watchman", "reference-transaction", "post-index-change"):
        shutil.copy(script, root / ".git/hooks" / name)


def unreadable_folders(root, _outside):
    """For anybody but root."""
    for path in (root / BASE, root / UAT):
        path.chmod(0)
    for path in (root / "backend/apps/core", root / "docs"):
        path.chmod(0)


def hostile_names(root, _outside):
    """Each of these needs the edit, is an app with the command, or says something about it."""
    for number, name in enumerate(NAMES):
        below = os.fsencode(root)
        with open(os.path.join(below, os.fsencode(WORKFLOWS), name + b"%d.yml" % number), "w", encoding="utf-8") as file:
            file.write(STEP + CALL)
        for folder in (b"docs", b"backend"):
            os.makedirs(os.path.join(below, folder, name), exist_ok=True)
            with open(os.path.join(below, folder, name, name[:200] + b".md"), "w", encoding="utf-8") as file:
                file.write("migrate_schemas \x1b[31m ::error::x @octocat <img src=x>\n")
        commands = os.path.join(below, b"backend/apps", name, b"management/commands")
        os.makedirs(commands)
        with open(os.path.join(commands, b"migrate_schemas.py"), "w", encoding="utf-8") as file:
            file.write("class Command:\n    pass\n")


def hostile_lines(root, _outside):
    """What is quoted from files: secrets, sequences, Markdown; beside lines that are edited, too."""
    evil = "\x1b[31m\x9b1m \u202e @octocat <img src=x> ``` ::error::x " + inputs.SECRET
    (root / WORKFLOWS / "evil.yml").write_text(f"{STEP}          echo '{evil}'\n{CALL}          echo '{inputs.SECRET}'\n")
    (root / "docs" / "EVIL.md").write_text("migrate_schemas " + evil + "\n")
    (root / SETTINGS / "evil.py").write_text(f"ALLOWED_HOSTS = ['{evil}']  # {evil}\nSHARED_APPS = ['django_tenants', '{evil}']\n")
    text = (root / BASE).read_text("utf-8")
    (root / BASE).write_text(text.replace('# "django_tenants",', f'# "django_tenants", {evil}'), "utf-8")

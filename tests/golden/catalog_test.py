"""The catalog command: its exit statuses, what it says about broken files and odd calls.

    catalog_test.py PROGRAM SOURCE_FOLDER SCRATCH_FOLDER
"""
import json
import pathlib
import sys

import program

HEAD = "family: t\nrules:\n  - id: t.a\n    title: A\n    role: noise\n    match: "
TAIL = "\n    examples: {match: [quux 1, quux 2], no_match: [x, y]}\n"

# What stands in the file; subcommand; exit status; what standard error or output must hold.
FILES = [
    (HEAD + "quux" + TAIL, "lint", 0, "0 complaints"),
    (HEAD + "quux" + TAIL, "test", 0, "1 rule, 4 examples: 0 complaints"),
    (HEAD + "quuz" + TAIL, "test", 1, "t.a: does not hit its example: quux 1"),
    (HEAD + "'\\w+'" + TAIL, "lint", 1, "FILE:6:12: t.a: 'match' needs a literal"),
    (HEAD + "'(?:\\w+\\s?)*quux$|quux'" + TAIL, "lint", 1, "FILE:6:12: t.a: 'match' backtracks"),
    (HEAD + "'quux('" + TAIL, "lint", 2, "FILE:6:12: pattern does not compile"),
    (HEAD + "'quux('" + TAIL, "test", 2, "FILE:6:12: pattern does not compile"),
    (HEAD + "quux\n    roles: x" + TAIL, "lint", 2, "FILE:7:5: unknown key 'roles', did you mean 'role'?"),
    (HEAD + "quux\n", "lint", 2, "FILE:3:5: missing key 'examples'"),
    (HEAD + "quux\n    examples: {match: [], no_match: [x]}\n", "test", 2, "FILE:7:23: 'match' must not be empty"),
    ("family: t\nrules: [\n", "lint", 2, "FILE:"),
    ("family: \xff\n", "lint", 2, "FILE:"),
    ("", "test", 2, "FILE:"),
]

# Arguments; exit status; what must be said.
CALLS = [
    ([], 2, "needs a subcommand"),
    (["nothing"], 2, "unknown subcommand 'nothing'"),
    (["show"], 2, "usage: firstfault catalog show ID"),
    (["show", "no.such"], 2, "no rule has the id 'no.such'"),
    (["show", "health.http-status-loop"], 0, "health.http-status-loop  (symptom, error)"),
    (["list"], 0, " rules, "),
    (["list", "no-such-family"], 2, "no rule or family fits 'no-such-family'"),
    (["list", "--fail-on", "likely"], 2, "unknown option '--fail-on'"),
    (["lint", "no/such/path"], 2, "no/such/path"),
    (["explain", "no/such/log"], 3, "no/such/log"),
    (["draft", "no/such/log"], 3, "no/such/log"),
    (["draft", "corpus/flagship/flagship.zip"], 1, "nothing to draft"),
    (["draft", "corpus/unknown-tool/unknown-tool.zip"], 0, "family: mine"),
    (["import", "no/such/matcher.json"], 3, "no/such/matcher.json"),
    (["import", "README.md"], 2, "README.md:"),
    (["import", "tests/problem-matchers/tsc.json"], 0, "id: tsc.tsc"),
    (["export", "no-such-family"], 2, "no rule or family fits 'no-such-family'"),
    (["export", "health.*", "no-such.*"], 2, "no rule or family fits 'no-such.*'"),
    (["export", "python.exception-chain"], 1, "python.exception-chain: it is noise"),
    (["--help"], 0, "Usage: firstfault catalog"),
]


class Checks:
    def __init__(self, run, source, scratch):
        self.run, self.source, self.scratch = run, pathlib.Path(source), pathlib.Path(scratch)
        self.failed = 0
        self.scratch.mkdir(parents=True, exist_ok=True)

    def expect(self, what, result, status, said):
        text = (result.out + result.err).decode("utf-8", "replace")
        if result.status != status or said not in text:
            print(f"{what}: status {result.status}, wanted {status} and `{said}`:\n{text[:2000]}")
            self.failed += 1

    def files(self):
        for number, (text, subcommand, status, said) in enumerate(FILES):
            path = self.scratch / f"{number}.yaml"
            path.write_bytes(text.encode("latin-1"))
            result = self.run("catalog", subcommand, str(path))
            self.expect(f"file {number}", result, status, said.replace("FILE", str(path)))

    def calls(self):
        for arguments, status, said in CALLS:
            self.expect(" ".join(arguments), self.run("catalog", *arguments), status, said)

    def explain_takes_any_text(self):
        for text in (b"Unknown command: 'migrate_schemas'\n", b"<html>x</html>", b"\xff\xfe\xfa" * 50, b"a\0b\0c\0" * 99, b"{}"):
            path = self.scratch / "any.txt"
            path.write_bytes(text)
            self.expect(f"explain {text[:20]}", self.run("catalog", "explain", str(path)), 0 if b"\xff\xfe" not in text else 3,
                        "Diagnoses: " if b"\xff\xfe" not in text else "UTF-16")
            self.expect("from standard input", self.run("catalog", "explain", "-", stdin=b"quux\n"), 0, "Diagnoses: 0")

    def a_broken_catalog_of_the_user_is_left_out(self):
        folder = self.scratch / "config" / "firstfault" / "patterns"
        folder.mkdir(parents=True, exist_ok=True)
        log = self.scratch / "job.log"
        log.write_text("quux\n##[error]Process completed with exit code 1.\n")
        for text in (HEAD + "'quux('" + TAIL, "family: [\n"):
            (folder / "mine.yaml").write_text(text)
            result = self.run("triage", str(log), env={"XDG_CONFIG_HOME": str(self.scratch / "config")})
            self.expect("a broken catalog of the user", result, 0, "your own catalog is left out")

    def matchers_become_rules_and_matchers_again(self):
        path, again = self.scratch / "eslint.yaml", self.scratch / "again.json"
        matcher = (self.source / "tests/problem-matchers/eslint-stylish.json").read_bytes()
        made = self.run("catalog", "import", "-", stdin=matcher)
        self.expect("import from standard input", made, 0, "id: eslint-stylish.eslint-stylish-warning")
        path.write_bytes(made.out)
        self.expect("test of an import", self.run("catalog", "test", str(path)), 0, "2 rules, 10 examples: 0 complaints")
        self.expect("lint of an import", self.run("catalog", "lint", str(path)), 0, "0 complaints")
        self.expect("export", self.run("catalog", "export", "eslint-stylish", "--patterns", str(path), "-o", str(again)), 0, "")
        loops = [one["pattern"][-1].get("loop") for one in json.loads(again.read_text())["problemMatcher"]]
        if loops != [True, True]:
            print(f"export: {loops}")
            self.failed += 1
        self.expect("import of an export", self.run("catalog", "import", str(again)), 0, "id: again.eslint-stylish-eslint-stylish")

    def what_is_switched_off_is_named(self):
        path = self.scratch / "off.yaml"
        path.write_text("family: ours\ndisable: ['docker.oom-*']\n")
        self.expect("show", self.run("catalog", "show", "docker.oom-killed", "--patterns", str(path)), 2,
                    f"docker.oom-killed is switched off by 'docker.oom-*' in {path}")
        self.expect("list", self.run("catalog", "list", "--patterns", str(path)), 0, f"switched off: docker.oom-*, in {path}")

    def lists_are_sound(self):
        listed = json.loads(self.run("catalog", "list", "--format", "json").out)
        ids = [rule["id"] for rule in listed["rules"]]
        if listed["schema"] != "firstfault.catalog/1" or ids != sorted(ids) or len(ids) < 200:
            print("catalog list --format json: not a sorted list of at least 200 rules")
            self.failed += 1

    def the_tree_is_clean(self):
        self.expect("catalog lint", self.run("catalog", "lint"), 0, "0 complaints")
        self.expect("catalog test", self.run("catalog", "test"), 0, " 0 complaints")


def main():
    path, source, scratch = sys.argv[1:]
    checks = Checks(program.Program(path, source), source, scratch)
    checks.files()
    checks.calls()
    checks.explain_takes_any_text()
    checks.a_broken_catalog_of_the_user_is_left_out()
    checks.matchers_become_rules_and_matchers_again()
    checks.what_is_switched_off_is_named()
    checks.lists_are_sound()
    checks.the_tree_is_clean()
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())

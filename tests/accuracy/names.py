"""Is the name of a failing test in a text? First as the index spells it, then in the spellings of the same name that
test runners print. docs/accuracy.md lists them."""
import re

CALLED = re.compile(r"^(?P<method>.*?) ?\((?P<owner>[\w.$\[\]]+)\)$")
DOTTED = re.compile(r"^(?P<owner>[\w.$]+)\.(?P<method>[^.\[(]+(?:[\[(].*)?)$")
JOINTS = ["{owner}.{method}", "{owner}#{method}", "{owner} > {method}", "{owner}::{method}", "{owner} › {method}",
          "{method}({owner})", "{method} ({owner})"]
SEPARATORS = re.compile(r"(?:\s|›|>|::)+")
GUTTER = re.compile(r"^ *\d+  ", re.M)


def holds(text, name):
    """`name` stands in `text` and is not a piece of a longer word there."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1:at], text[at + len(name):at + len(name) + 1]
        if not (is_word(before) and is_word(name[0])) and not (is_word(after) and is_word(name[-1])):
            return True
        at = text.find(name, at + 1)
    return False


def is_word(char):
    return char.isalnum() or char == "_"


def flat(text):
    """Titles of suites and tests as words with one blank between, whatever separates them, line ends too."""
    return SEPARATORS.sub(" ", text).strip()


def joined(owner, method):
    owners = dict.fromkeys([owner, re.split(r"[.:]", owner)[-1]])
    return [joint.format(owner=each, method=method) for each in owners for joint in JOINTS]


def pytest_spellings(name):
    module, *owners, method = name.split("::")
    path = module.replace(".", "/") + ".py"
    owner = "::".join(owners)
    full = ["::".join([path, *owners, method]), ".".join([module, *owners, method])]
    return full + (joined(owner, method) if owner else [])


def spellings(name):
    """Other spellings that name the owner (class, module or file) too, and the bare name of the test or None."""
    if "::" in name:
        return pytest_spellings(name), name.split("::")[-1]
    called = CALLED.match(name)
    if called and not called["method"]:
        return [called["owner"].replace(".", "/") + ".py", called["owner"]], None
    parts = called or DOTTED.match(name)
    if parts:
        return joined(parts["owner"], parts["method"]), parts["method"]
    return [name.removesuffix(":")], None


class Finder:
    """Looks for names in a text. A bare name counts only for tests whose log prints no spelling with the owner."""

    def __init__(self, text, bare_of=None):
        self.text, self.flat, self.log = text, flat(GUTTER.sub("", text)), bare_of or self

    def full(self, name):
        long, _ = spellings(name)
        title = flat(name.removesuffix(":"))
        return any(holds(self.text, each) for each in long) or (" " in title and holds(self.flat, title))

    def exact(self, name):
        return holds(self.text, name)

    def found(self, name):
        """2 as spelled in the index, 1 in another spelling, 0 not at all."""
        if self.exact(name):
            return 2
        if self.full(name):
            return 1
        _, bare = spellings(name)
        alone = bare and not self.log.exact(name) and not self.log.full(name)
        return 1 if alone and holds(self.text, bare) else 0


def report_text(report):
    """What the diagnoses of a JSON report say: titles, captures, evidence."""
    said = []
    for diagnosis in report["diagnoses"]:
        said.append(diagnosis["title"])
        for value in diagnosis["captures"].values():
            said += value if isinstance(value, list) else [str(value)]
        said += ["\n".join(item["text"]) for item in diagnosis["evidence"]]
    return "\n\n".join(said)


def page_text(page):
    """A Markdown report without the marks that only keep the words of a log inert."""
    return page.replace("`", "").replace("\\|", "|")


def captured_counts(report):
    """The counts of failed tests that the diagnoses state: captured as such, or so many different names."""
    counts = set()
    for diagnosis in report["diagnoses"]:
        captures = diagnosis["captures"]
        for key in ("failed", "failures", "errors"):
            value = captures.get(key, [])
            numbers = [int(one) for one in (value if isinstance(value, list) else [value]) if str(one).isdigit()]
            counts |= set(numbers) | ({sum(numbers)} if numbers else set())
        tests = captures.get("test")
        counts |= {len(tests) if isinstance(tests, list) else 1} if tests else set()
    return sorted(counts)

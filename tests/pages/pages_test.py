"""Pages of HTML, judged by programs that know HTML.

    pages_test.py valid|accessible PAGE_PROGRAM SCRATCH_FOLDER

Installs html-validate or axe-core into the scratch folder by npm, once; ends with 77 where that, or chromium, is not
to be had.
"""
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

SKIPPED = 77
SECONDS = 120
NIGHTS = ["ordinary", "empty", "quiet", "many", "attacked"]
PACKAGES = {"valid": "html-validate@9", "accessible": "axe-core@4"}
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]

# A box that scrolls is a region, so that the keyboard gets there; it is no section of its own.
RULES = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {"prefer-native-element": "off", "no-inline-style": "error"},
}

# What axe found, as the text of an element that the page is given for it.
AUDIT = """<pre id="audit"></pre><script>%s</script><script>
document.querySelectorAll("details").forEach((one) => { one.open = true; });
axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], exclude: [["#audit"]]})
  .then((found) => { document.getElementById("audit").textContent = "[[" + JSON.stringify({
    passed: found.passes.length,
    faults: found.violations.map((one) => one.id + ": " + one.nodes[0].html.slice(0, 200))}) + "]]"; });
</script>"""


def install(package, folder):
    """The folder of the package's modules; None if there is none to be had."""
    modules = folder / "node_modules"
    if modules.is_dir() and any(modules.iterdir()):
        return modules
    if not shutil.which("npm"):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}")
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", package], cwd=folder,
                          timeout=SECONDS, capture_output=True, check=False)
    return modules if done.returncode == 0 else None


def write_pages(program, folder):
    for night in NIGHTS:
        page = subprocess.run([program, night, "html"], check=True, stdout=subprocess.PIPE).stdout
        (folder / f"{night}.html").write_bytes(page)


def is_valid(modules, folder):
    (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    done = subprocess.run([modules / ".bin" / "html-validate", *[f"{night}.html" for night in NIGHTS]], cwd=folder,
                          timeout=SECONDS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    print(done.stdout.decode("utf-8", "replace")[:8000])
    return done.returncode == 0


def audit(browser, script, folder, night, arguments):
    """Faults that axe finds on the page, which is given axe, and so must do without its policy."""
    page = (folder / f"{night}.html").read_text()
    page, without = re.subn(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>\n", "", page)
    path = folder / f"{night}.audit.html"
    path.write_text(page.replace("</body>", AUDIT % script + "</body>"))
    done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000",
                           f"--user-data-dir={folder / 'profile'}", *arguments, "--dump-dom", path.as_uri()],
                          timeout=SECONDS, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    found = re.search(r"<pre id=\"audit\">\[\[(.*?)\]\]</pre>", done.stdout.decode("utf-8", "replace"), re.DOTALL)
    if not found or without != 1:
        return [f"{night}: axe did not run"]
    told = json.loads(html.unescape(found.group(1)))
    if told["passed"] < 10:
        return [f"{night}: axe looked at {told['passed']} things only"]
    return [f"{night} {' '.join(arguments)}: {fault}" for fault in told["faults"]]


def is_accessible(modules, folder):
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    script = (modules / "axe-core" / "axe.min.js").read_text()
    if not browser:
        return None
    faults = []
    for night in [night for night in NIGHTS if night != "many"]:  # only more of the same, and slow
        for scheme in ("--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"):
            faults += audit(browser, script, folder, night, [scheme, "--window-size=1280,900"])
    for fault in faults:
        print(fault)
    return not faults


def main(judge, program, folder):
    folder = pathlib.Path(folder).resolve()
    modules = install(PACKAGES[judge], folder)
    if not modules:
        return SKIPPED
    write_pages(program, folder)
    fine = is_valid(modules, folder) if judge == "valid" else is_accessible(modules, folder)
    return SKIPPED if fine is None else 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))

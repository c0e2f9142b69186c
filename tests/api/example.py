"""Example runs of the corpus as logs for a night: the archive as it is, facts of its jobs and steps from its sources."""
import importlib.machinery
import importlib.util
import json
import pathlib

from night import Logs

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORST = ["failure", "timed_out", "cancelled"]


def load_builder():
    """scripts/corpus, which knows the notation of the sources."""
    loader = importlib.machinery.SourceFileLoader("corpus_builder", str(ROOT / "scripts" / "corpus"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


BUILDER = load_builder()


class Example(Logs):
    def __init__(self, name):
        self.run_facts, jobs = BUILDER.read_run(name)
        folder = ROOT / "corpus" / name
        super().__init__(*jobs, packed=(folder / f"{name}.zip").read_bytes())
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        self.conclusion = expected["conclusion"] if isinstance(expected["conclusion"], str) else expected["conclusion"][0]
        self.stated = {(failure["job"], failure["step"]): failure["conclusion"] for failure in expected["failures"]}

    @property
    def failed(self):
        return bool(self.stated)

    def text(self, index):
        return BUILDER.whole_text(self.run_facts, self.jobs[index])

    def second(self, ticks):
        return BUILDER.stamp(self.run_facts, ticks)[:19] + "Z" if ticks is not None else None

    def times(self, step):
        ticks = [tick for tick, _ in step.lines if tick is not None]
        return (self.second(min(ticks)), self.second(max(ticks))) if ticks else (None, None)

    def facts(self, index, number, attempt):
        job, steps = self.jobs[index], []
        for step in job.steps:
            begun, ended = self.times(step)
            steps.append({"name": step.name, "number": step.number, "status": "completed", "started_at": begun,
                          "completed_at": ended, "conclusion": self.stated.get((job.name, step.number), "success")})
        worst = [word for word in WORST if any(step["conclusion"] == word for step in steps)]
        return {"id": number, "run_attempt": attempt, "name": job.name, "status": "completed", "steps": steps,
                "conclusion": worst[0] if worst else "success" if steps else "skipped",
                "started_at": next((step["started_at"] for step in steps if step["started_at"]), None),
                "completed_at": next((step["completed_at"] for step in reversed(steps) if step["completed_at"]), None),
                "runner_name": "runner 1" if steps else ""}

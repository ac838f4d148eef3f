"""Training with the real Rasa, on a small project."""

import shutil
import stat
from pathlib import Path

import pytest

from bot.models import newest_model
from bot.paths import ROOT
from bot.training import TrainingError, train

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
EXAMPLES = {
    "en": {"greet": ("hello", "good morning", "hi there"), "thank": ("thank you", "thanks a lot", "that was kind")},
    "ru": {"greet": ("привет", "доброе утро", "здравствуйте"), "thank": ("спасибо", "благодарю", "вы очень добры")},
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the real configuration with a handful of examples."""
    for name in ("config.yml", "domain.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "data" / "rules")
    (tmp_path / "bot").mkdir()
    (tmp_path / "locales").mkdir()
    for name in ("bot/text.py", "bot/languages.py", "locales/languages.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for language, intents in EXAMPLES.items():
        entries = [
            f"- intent: {intent}\n  examples: |\n" + "".join(f"    - {example}\n" for example in examples)
            for intent, examples in intents.items()
        ]
        path = tmp_path / "data" / "nlu" / language / "small.yml"
        path.parent.mkdir(parents=True)
        path.write_text('version: "3.1"\nnlu:\n' + "".join(entries), encoding="utf-8")
    return tmp_path


def test_a_model_is_trained_once_and_the_two_newest_are_kept(project: Path) -> None:
    models, log = project / "models", project / "logs" / "train.log"
    models.mkdir()
    (models / ".part-of-a-training-that-was-killed").mkdir()
    for name in ("korpu-1.tar.gz", "korpu-2.tar.gz"):
        (models / name).touch()
    said: list[str] = []
    model = train(root=project, models=models, log_file=log, say=said.append)
    assert newest_model(models) == model
    assert sorted(path.name for path in models.iterdir()) == sorted([".lock", "korpu-2.tar.gz", model.name])
    assert any("learning what people mean" in line for line in said)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    said.clear()
    assert train(root=project, models=models, log_file=log, say=said.append) == model
    assert said == []


def test_rules_that_contradict_each_other_are_told_with_their_files_and_leave_no_model(project: Path) -> None:
    rules = "rules:\n- rule: other work\n  steps:\n  - intent: work_permit\n  - action: utter_work_contract\n"
    (project / "data" / "rules" / "zz.yml").write_text('version: "3.1"\n' + rules)
    models = project / "models"
    with pytest.raises(TrainingError) as caught:
        train(root=project, models=models, log_file=project / "train.log", say=lambda _text: None)
    message = str(caught.value)
    assert "\n" not in message
    assert "'other work'" in message
    assert "data/rules/work.yml, data/rules/zz.yml" in message
    assert [path.name for path in models.iterdir()] == [".lock"]

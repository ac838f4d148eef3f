"""Broken training data is one clear message with the file and the reason."""

import shutil
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.paths import ROOT
from bot.training import check_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the real configuration with one small file of examples."""
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "data" / "rules")
    write_examples(tmp_path, "nlu:\n- intent: greet\n  examples: |\n    - salam\n    - hello\n")
    return tmp_path


def write_examples(project: Path, text: str) -> None:
    """Write the file of examples."""
    path = project / "data" / "nlu" / "az" / "small.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def fault(project: Path) -> str:
    """Return the one line that is told."""
    with pytest.raises(OperatorError) as caught:
        check_project(project)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_project_passes(project: Path) -> None:
    check_project(project)


def test_real_rules_and_domain_pass_together_with_real_examples() -> None:
    check_project(ROOT)


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ("nlu:\n- intent: greet\n  examples: |\n    - a\n   - b\n  x: [\n", "small.yml, line 5"),
        ("nlu:\n- intent: gret\n  examples: |\n    - a\n", "'gret' is not an intent"),
        ("nlu:\n- intent: greet\n  examples:\n    - a\n", "the examples of 'greet' must follow"),
        ("nlu:\n- intent: greet\n  examples: |\n    - a\n    b\n", "'b' does not begin"),
        ("nlu: greet\n", "there must be a list under `nlu:`"),
        ("", "small.yml is empty"),
    ],
)
def test_a_slip_in_the_examples_is_named(project: Path, examples: str, told: str) -> None:
    write_examples(project, examples)
    message = fault(project)
    assert "data/nlu/az/small.yml" in message
    assert told in message


def test_a_rule_with_an_unknown_name_is_named(project: Path) -> None:
    rules = "rules:\n- rule: say hello\n  steps:\n  - intent: greet\n  - action: utter_helo\n"
    (project / "data" / "rules" / "zz.yml").write_text(rules)
    assert fault(project) == "data/rules/zz.yml, rule 'say hello': 'utter_helo' is not an action of domain.yml."


def test_no_examples_at_all_are_told(project: Path) -> None:
    shutil.rmtree(project / "data" / "nlu")
    assert "data/nlu holds no .yml file" in fault(project)


@pytest.mark.parametrize(("old", "new"), [("  - greet\n", ""), ("  - greet\n", "  - greet\n  - made_up\n")])
def test_domain_and_catalogue_must_have_the_same_intents(project: Path, old: str, new: str) -> None:
    domain = project / "domain.yml"
    domain.write_text(domain.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert ("made_up" if new else "greet") in fault(project)

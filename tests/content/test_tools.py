"""gettext's and translate-toolkit's own checks run clean on every PO file."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.i18n import LOCALES_DIR
from bot.languages import offered

POFILTER = Path(sys.executable).with_name("pofilter")
# Tests of pofilter that judge by the habits of English; what each would find here is right as it is.
UNFIT = {
    "acronyms": "UN, NGO, HIV have names of their own in each language",
    "brackets": "Russian (а) for both sexes, an explanation in brackets where a word is not known",
    "doublequoting": "each language has its own quotation marks; our rule on tags looks after HTML",
    "doublewords": "Turkish says things twice: seve seve",
    "puncspacing": "a space before a dash, no space after a comma that is Arabic",
    "sentencecount": "two short sentences are sometimes one, and the other way round",
    "simplecaps": "only English writes Topics and Hello with a capital",
    "singlequoting": "the apostrophe of English and of Turkish and Ukrainian words",
    "startcaps": "words in lists begin small in Russian, and three scripts have no capitals",
    "startpunc": "a sentence may begin with a name that is filled in",
    "unchanged": "Körpü, Ombudsman and YİMER are names",
}
UNFIT_FROM_RIGHT_TO_LEFT = {"endpunc": "the question mark of Arabic script is another letter"}
PO_FILES = sorted(LOCALES_DIR.rglob("*.po"))
LANGUAGES = offered(LOCALES_DIR)
TRANSLATED = [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("path", PO_FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_msgfmt_has_nothing_to_say(path: Path) -> None:
    command = ["msgfmt", "--check", "--check-accelerators=&", "--output-file=/dev/null", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("language", TRANSLATED)
def test_pofilter_has_nothing_to_say(language: str, tmp_path: Path) -> None:
    unfit = UNFIT | (UNFIT_FROM_RIGHT_TO_LEFT if LANGUAGES[language].rtl else {})
    options = [f"--excludefilter={name}" for name in unfit]
    command = [str(POFILTER), "--progress=none", f"--language={language}", *options]
    command += [str(LOCALES_DIR / language), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.po")]
    assert told == [], done.stdout


def test_every_unfit_test_is_one_of_pofilter() -> None:
    done = subprocess.run([POFILTER, "--listfilters"], capture_output=True, text=True, check=True)
    known = {line.split()[0] for line in done.stdout.splitlines() if line.strip()}
    assert set(UNFIT | UNFIT_FROM_RIGHT_TO_LEFT) <= known


def test_pofilter_would_see_a_lost_placeholder(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '#, python-brace-format\nmsgid "Write to {code}."\nmsgstr "Yazın."\n',
        encoding="utf-8",
    )
    command = [str(POFILTER), "--progress=none", str(tmp_path), str(tmp_path / "out")]
    subprocess.run(command, capture_output=True, check=True)
    assert "pythonbraceformat" in (tmp_path / "out" / "a.po").read_text(encoding="utf-8")

"""Trying a change in a copy of the editors' files, and having the whole content checked there."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from babel.messages.pofile import PoFileError

from bot.content.catalogues import DOMAINS, update
from bot.content.changing.edit import Edit
from bot.content.changing.errors import ChangeError, Clash, Conflict, NothingChanged, Refused
from bot.content.changing.locate import fitted, is_same, language_and_domain, path_of_file, value_of
from bot.content.changing.subject import subject_of
from bot.content.changing.yamlvalue import NoSuchPlace, with_value
from bot.content.check import Report, check_content
from bot.content.finding import Finding
from bot.content.live.verdict import BROUGHT_BY_TIME
from bot.content.sources import source_texts
from bot.i18n import SOURCE_LANGUAGE, language_codes


@dataclass(frozen=True)
class FileChange:
    """One file, named below `locales`: its bytes before the change and after it."""

    file: str
    before: bytes
    after: bytes


@dataclass(frozen=True)
class Trial:
    """What a change would do: the files that would be written, what the check says, and what of it stops the change.

    An error stops a change when the change brings it in, or when it is of an entry that the change is of. What was
    wrong before in another entry is told, and is for another change; so is a review that is overdue. While a file
    cannot be read at all, nothing can be checked, and so nothing goes in.
    """

    files: tuple[FileChange, ...]
    report: Report
    blocking: tuple[Finding, ...]


def checked(locales: Path, edits: Sequence[Edit]) -> Trial:
    """Try the edits as `tried` does; raise `Refused` when the check finds what stops them."""
    trial = tried(locales, edits)
    if trial.blocking:
        raise Refused(trial.report, trial.blocking)
    return trial


def tried(locales: Path, edits: Sequence[Edit]) -> Trial:
    """Try the edits in a copy; raise `Conflict`, `NothingChanged`, or `ChangeError` for what cannot be written."""
    with _copied(locales) as directory:
        before = _contents(directory)
        try:
            clashes = [clash for edit in edits if (clash := _clash(directory, edit)) is not None]
            if not clashes:
                _apply(directory, edits)
        except (yaml.YAMLError, PoFileError, ValueError, LookupError, TypeError) as error:
            raise _unreadable(directory, error) from error
        if clashes:
            raise Conflict(clashes)
        after = _contents(directory)
        files = tuple(
            FileChange(name, before[name], after[name]) for name in sorted(after) if before[name] != after[name]
        )
        if not files:
            raise NothingChanged
        report = check_content(directory)
    return Trial(files, report, _blocking(report, locales, edits))


@contextmanager
def _copied(locales: Path) -> Iterator[Path]:
    """Yield a copy that has the same name, which findings begin with."""
    with tempfile.TemporaryDirectory(prefix="korpu-content-") as folder:
        yield Path(shutil.copytree(locales, Path(folder, locales.name)))


def _unreadable(directory: Path, error: Exception) -> Exception:
    """Return what the check says of files that cannot be read, or the error itself when it says nothing."""
    report = check_content(directory)
    return Refused(report, report.errors) if report.errors else error


def _contents(directory: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for pattern in ("*.yml", "*.po")
        for path in directory.rglob(pattern)
    }


def _clash(directory: Path, edit: Edit) -> Clash | None:
    now = value_of(directory, edit.file, edit.path)
    return None if is_same(now, edit.before) else Clash(edit, now)


def _apply(directory: Path, edits: Sequence[Edit]) -> None:
    sources = {domain: source_texts(directory, domain) for domain in DOMAINS}
    for edit in edits:
        if not edit.is_translation and not is_same(edit.before, edit.after):
            _write_value(directory, edit)
    changed = [domain for domain in DOMAINS if source_texts(directory, domain) != sources[domain]]
    translated: dict[tuple[str, str], list[Edit]] = {
        (language, domain): []
        for language in language_codes(directory)
        if language != SOURCE_LANGUAGE
        for domain in changed
    }
    for edit in edits:
        if edit.is_translation:
            translated.setdefault(language_and_domain(edit.file), []).append(edit)
    english = {text.context: text.text for domain in DOMAINS for text in source_texts(directory, domain)}
    for edit in edits:
        if edit.is_translation and edit.path[0] not in english:
            raise ChangeError(f"locales/{edit.file}: {edit.path[0]} is not a text of the bot (any more).")
    for (language, domain), of_file in translated.items():
        update(
            directory,
            language,
            {edit.path[0]: _ended(str(edit.after), english[edit.path[0]]) for edit in of_file if not edit.is_review},
            reviews={edit.path[0]: _comments(edit) for edit in of_file if edit.is_review},
            domains=(domain,),
        )


def _write_value(directory: Path, edit: Edit) -> None:
    path = path_of_file(directory, edit.file)
    text = path.read_text(encoding="utf-8")
    try:
        changed = with_value(text, edit.path, fitted(edit.after, edit.before))
    except (NoSuchPlace, ValueError) as error:
        raise ChangeError(f"locales/{edit.file}: {' / '.join(edit.path)} cannot be written: {error}.") from error
    path.write_text(changed, encoding="utf-8", newline="")


def _ended(translation: str, english: str) -> str:
    """Return a translation that ends its last line as the English does: the tools of translators want it so."""
    bare = translation.replace("\r\n", "\n").rstrip("\n")
    return f"{bare}\n" if english.endswith("\n") else bare


def _comments(edit: Edit) -> tuple[str, ...]:
    return tuple(str(comment) for comment in edit.after) if isinstance(edit.after, list | tuple) else ()


def _blocking(report: Report, locales: Path, edits: Sequence[Edit]) -> tuple[Finding, ...]:
    if not report.errors or not report.texts:
        return report.errors
    there = Counter(map(_identity, check_content(locales).errors))
    own = {(f"{locales.name}/{edit.file}", entry) for edit in edits for entry in _entries(edit)}
    blocking = []
    for finding in report.errors:
        if finding.key in BROUGHT_BY_TIME:
            continue
        is_old = there[_identity(finding)] > 0
        there[_identity(finding)] -= 1
        if not is_old or (finding.file, finding.entry) in own:
            blocking.append(finding)
    return tuple(blocking)


def _identity(finding: Finding) -> tuple[str, ...]:
    return finding.order


def _entries(edit: Edit) -> tuple[str, ...]:
    """Return the entries by which findings name what an edit is of."""
    subject = subject_of(edit)
    return subject, subject.partition("/")[2], edit.path[0]

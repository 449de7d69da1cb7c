"""`python -m bot import` beyond what a page holds: into a community's queue, or to a file of the library."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core import import_report
from bot.core.findings import Findings, Given
from bot.core.library import Shelf
from bot.core.wording import count
from bot.import_to_queue import check_community, compared, fit, opened, ports_of, propose
from bot.settings import Settings
from content.importer.page import Page, PageFault
from content.importing import nothing_in
from content.library_file import FileFault, Planned, plan
from content.proposing import propose as proposals_of
from storage.store import DatabaseFault, Store

_ANY = "console:local"
"""The community with whose library pages are compared where none is named: it has what all have."""
Say = Callable[[str], None]
Found = Iterable[tuple[Path, Page | PageFault]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to become of pages: into the queue of a `community`, `to` a file or folder, or (`dry_run`) only told."""

    given: Given
    community: str = ""
    to: Path | None = None
    dry_run: bool = False


def run(found: Found, wanted: Wanted, settings: Settings, shelves: Sequence[Shelf], say: Say) -> list[str]:
    """Read pages and do with them what is wanted; says what came of each. Gives a sentence for each that failed."""
    faults: list[str] = []
    pages = list(_proposed(found, wanted.given, settings, faults))
    try:
        if wanted.to is not None:
            faults += _to_files(pages, wanted.to, wanted, say)
        elif wanted.dry_run:
            with compared(settings, shelves) as store:
                _report(pages, store, wanted, settings, say)
        elif pages:
            with opened(settings, shelves) as store:
                _to_queue(pages, store, wanted, settings, say)
    except DatabaseFault as fault:
        faults.append(str(fault))
    return faults


def _proposed(
    found: Found, given: Given, settings: Settings, faults: list[str]
) -> Iterator[tuple[Path, Findings]]:
    rules = settings.rules
    for file, page in found:
        if isinstance(page, PageFault):
            faults.append(str(page))
            continue
        findings = proposals_of(page, given, share=rules.library_share, card_words=rules.library_card_words)
        if findings.found:
            yield file, findings
        else:
            faults.append(nothing_in(file.name, findings))


def _report(
    pages: Sequence[tuple[Path, Findings]], store: Store, wanted: Wanted, settings: Settings, say: Say
) -> None:
    ports = ports_of(store, settings)
    if wanted.community:
        check_community(settings, wanted.community)
    with store.transaction():
        for file, findings in pages:
            _, lines = fit(ports, wanted.community or _ANY, findings)
            _say(file, findings, lines, say)
    say("Nothing was imported: this was a dry run.")


def _to_queue(
    pages: Sequence[tuple[Path, Findings]], store: Store, wanted: Wanted, settings: Settings, say: Say
) -> None:
    """Fit every page before the first is written: so the bot, where it runs, waits for a moment at most."""
    ports = ports_of(store, settings)
    check_community(settings, wanted.community)
    fitted = [(file, findings, *fit(ports, wanted.community, findings)) for file, findings in pages]
    written = propose(store, ports, wanted.community, [each for _, _, new, _ in fitted for each in new])
    for file, findings, _, lines in fitted:
        _say(file, findings, lines, say)
    waits = count(written, "entry waits", "entries wait")
    say(f"{waits} in the queue of {wanted.community} now; /library review there shows them one by one.")


def _to_files(pages: Sequence[tuple[Path, Findings]], to: Path, wanted: Wanted, say: Say) -> list[str]:
    """Plan and write file by file, so that the second of two pages knows what the first has added."""
    faults = []
    written = False
    for file, findings in pages:
        try:
            planned = plan(findings, to)
            for each in planned:
                if each.new and not wanted.dry_run:
                    each.write()
                    written = True
        except FileFault as fault:
            faults.append(f"{file.name} was not imported.\n{fault}")
            continue
        except OSError as fault:
            faults.append(f"{file.name} was not imported: {to} cannot be written ({fault.strerror}).")
            continue
        lines = [line for each in planned for line in _of_file(each)]
        _say(file, findings, lines, say)
    if wanted.dry_run:
        say("Nothing was written: this was a dry run.")
    elif written:
        say("Read what was written before the bot starts again: everything in it is then in service.")
    return faults


def _of_file(planned: Planned) -> Iterator[str]:
    new = len(planned.new)
    entries = count(new, "new entry", "new entries") if new else "Nothing new"
    known = f", {planned.known:,} there already" if planned.known else ""
    yield f"{planned.path}: {entries}{known}."
    for each in planned.left_out:
        yield f"Left out: {count(each.count, each.what, 'entries' if each.what == 'entry' else '')} {each.why}."


def _say(file: Path, findings: Findings, lines: Iterable[str], say: Say) -> None:
    say(f"{file}: {import_report.title(findings)}")
    for line in lines:
        say(f"  {line}")

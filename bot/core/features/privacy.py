"""/privacy: what is kept about a member here, a copy of it, being shown or private, and being forgotten."""

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.core import limits
from bot.core.cards import Button, Card, Intent, Paragraph, line, say
from bot.core.effects import Effect, OpenForm, SendFile, Show, Update
from bot.core.errors import UserMistake
from bot.core.features.leaderboard import shown_name
from bot.core.forms import Form, TextField
from bot.core.inline import Link
from bot.core.names import fold
from bot.core.ports import Entry, Kept
from bot.core.queueing import words_of
from bot.core.registry import Action, Answer, Command, Submission
from bot.core.request import Request
from bot.core.tokens import token
from bot.core.wording import beginning, count, local

LONGEST_WORDS = 80
"""Characters of what an exported entry is about."""
KEPT: tuple[tuple[str, str, str, str], ...] = (
    ("reading", "bookmarks", "bookmark", "bookmarks"),
    ("reading", "parts_read", "part", "parts"),
    ("", "saved", "saved", "saved"),
    ("", "reviews", "question in review", "questions in review"),
    ("", "suggestions", "suggestion", "suggestions"),
    ("", "credits", "credit", "credits"),
    ("", "programmes", "programme of yours", "programmes of yours"),
    ("", "audit", "entry in the audit log", "entries in the audit log"),
)
"""How each kind of entry is told: after which word, the kind, its name for one and for several. What is not listed
here is told by its kind, so that nothing that is kept goes unsaid.
"""
WORDS = "forget me"
ROOM = limits.FILE - 2_000
"""Bytes of entries that one file takes; the rest is for what stands around them."""
_LONGEST_NAME = 40


def privacy(request: Request) -> Sequence[Effect]:
    """Show what is kept about the member."""
    return [Show(card=card_of(request))]


def export(request: Request) -> Sequence[Effect]:
    """Hand over everything that is kept, as a file; as several where one would be too large."""
    sections = request.ports.members.export(request.community, request.member)
    parts = list(_parts(_in_words(request, sections)))
    date = local(request.at, request.ports.communities.zone(request.community)).date().isoformat()
    stem = f"hundred-regiments-{_plain(request.actor.name)}-{date}"
    head = {
        "what this is": "Everything that Hundred Regiments keeps about you in this community",
        "community": request.community,
        "you": request.member,
        "made": date,
    }
    return [
        _file(stem, number, len(parts), {**head, **part}) for number, part in enumerate(parts, 1)
    ]  # fmt: skip


def show_me(request: Request) -> Sequence[Effect]:
    """Put the member on the boards, by name."""
    request.ports.members.show(request.community, request.member, shown_name(request.actor.name))
    return [Update(card_of(request))]


def keep_private(request: Request) -> Sequence[Effect]:
    """Take the member off the boards."""
    request.ports.members.hide(request.community, request.member)
    return [Update(card_of(request))]


def ask_to_forget(_request: Request) -> Sequence[Effect]:
    """Ask for the words that remove everything."""
    words = (
        "This removes your score, answers, reading, saved, review and suggestions here. What was accepted stays "
        "without your name. It cannot be undone."
    )
    form = Form(
        title="Forget me",
        token=token("privacy:forgetting"),
        intro=say(words),
        fields=(TextField(key="words", label=f"Type “{WORDS}”", most=40),),
        submit="Forget me",
    )
    return [OpenForm(form)]


def forget(request: Request) -> Sequence[Effect]:
    """Remove everything, if that is what was typed."""
    if fold(request.values.get("words", "")) != WORDS:
        raise UserMistake(f"Nothing was removed: the words typed were not “{WORDS}”.")
    request.ports.members.forget(request.community, request.member, request.at)
    words = (
        "Done. Nothing about you is kept here any more. The totals of past rounds stay, with no trace of who; for older "
        "backups, ask the host."
    )
    return [Show(card=line(words, intent=Intent.OWN))]


def card_of(request: Request) -> Card:
    """Make the card of what is kept about the member."""
    kept = request.ports.members.kept(request.community, request.member)
    toggle = (
        Button("Keep me private", token("privacy:hide"))
        if kept.shown
        else Button("Show me", token("privacy:show"))
    )
    return Card(
        title="What is kept about you here",
        body=(
            _told(kept),
            say(
                "Never kept: messages and typed answers. Which option you took is kept for 7 days after a round, for challenges."
            ),
            _policy(request),
        ),
        intent=Intent.OWN,
        buttons=(
            Button("Export", token("privacy:export")),
            toggle,
            Button("Forget me", token("privacy:forget")),
        ),
    )  # fmt: skip


def _policy(request: Request) -> Paragraph:
    """Name the document that says more, with its address where the host has set one."""
    address, name = request.ports.rules.documents, "docs/privacy.md"
    policy = Link(name, f"{address}/privacy.md") if address else name
    return say("What is kept, why, and for how long: ", policy)


def _told(kept: Kept) -> Paragraph:
    visible = f"Leaderboard: {'shown' if kept.shown else 'private'}."
    rounds = count(kept.rounds, "round")
    scored = f"{count(kept.points, 'point')} in {rounds[0].lower()}{rounds[1:]}, each as right or not"
    told = [scored] if kept.points or kept.rounds else []
    told += _entries(kept.entries)
    if not told:
        return say(f"Nothing is kept about you here yet. {visible}")
    listed = "; ".join(told)
    return say(f"{listed[0].upper()}{listed[1:]}. {visible}")


def _entries(entries: Mapping[str, int]) -> list[str]:
    """Say how many there are of each kind: those of one word together, behind it."""
    kinds = {kind for _, kind, _, _ in KEPT}
    unlisted = (
        ("", kind, f"in {kind.replace('_', ' ')}", f"in {kind.replace('_', ' ')}")
        for kind in sorted(entries)
        if kind not in kinds
    )
    groups: dict[str, list[str]] = {}
    for group, kind, one, many in (*KEPT, *unlisted):
        if number := entries.get(kind, 0):
            groups.setdefault(group or kind, []).append(count(number, one, many))
    named = {group for group, *_ in KEPT if group}
    return [
        f"{group}: {', '.join(told)}" if group in named else told[0] for group, told in groups.items()
    ]  # fmt: skip


def _in_words(request: Request, sections: Mapping[str, Sequence[Entry]]) -> Mapping[str, Sequence[Entry]]:
    """Say of each entry on something of the library how that begins, beside its id."""
    words: dict[object, str] = {}

    def said(entry: Entry) -> Entry:
        item = entry.get("item")
        if item is None:
            return entry
        if item not in words:
            shelved = request.ports.shelves.entry(request.community, str(item))
            words[item] = beginning(words_of(shelved.item), LONGEST_WORDS) if shelved else ""
        return {**entry, "words": words[item]} if words[item] else entry

    return {name: [said(each) for each in entries] for name, entries in sections.items()}


def _parts(sections: Mapping[str, Sequence[Entry]]) -> Iterator[Mapping[str, list[Entry]]]:
    """Part entries into as many files as they need."""
    part: dict[str, list[Entry]] = {}
    size = 0
    for section, entries in sections.items():
        for entry in entries:
            room = len(json.dumps(entry, ensure_ascii=False).encode()) + 4
            if part and size + room > ROOM:
                yield part
                part, size = {}, 0
            part.setdefault(section, []).append(entry)
            size += room
    yield part


def _file(stem: str, number: int, of: int, content: Mapping[str, object]) -> SendFile:
    name = f"{stem}.json" if number == 1 else f"{stem}-{number}.json"
    kind = "a file" if of == 1 else f"file {number} of {of}"
    return SendFile(
        name=name,
        media_type="application/json",
        content=_json(content),
        card=line(f"Everything that is kept about you here, as {kind}: {name}", intent=Intent.OWN),
    )


def _json(content: Mapping[str, object]) -> bytes:
    """Write JSON with an entry a line, to be read by people."""
    members = []
    for name, value in content.items():
        if isinstance(value, list):
            entries = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in value)
            members.append(f"{json.dumps(name)}: [\n{entries}\n ]")
        else:
            members.append(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return ("{\n " + ",\n ".join(members) + "\n}\n").encode()


def _plain(name: str) -> str:
    """Fold a display name to what stands in any file name: a-z, 0-9 and hyphens."""
    words = "".join(each for each in fold(name) if each.isascii())
    return "-".join(words.split())[:_LONGEST_NAME].strip("-") or "member"


ENTRIES: tuple[Command | Action | Submission, ...] = (
    Command(
        name="privacy",
        help="What is kept about you here: see it, take it with you, be shown or private, be forgotten",
        example="/privacy",
        handler=privacy,
        reads=True,
    ),
    Action(name="privacy:export", handler=export, reads=True),
    Action(name="privacy:show", handler=show_me, answer=Answer.UPDATE),
    Action(name="privacy:hide", handler=keep_private, answer=Answer.UPDATE),
    Action(name="privacy:forget", handler=ask_to_forget, opens_form=True),
    Submission(name="privacy:forgetting", handler=forget),
)

"""The commands as Discord is told of them, and the invitation.

The command tree is held against tests/snapshots/discord/commands.json, which a person reads. After a wanted change,
`python -m tests.test_discord_commands` writes it anew.
"""

from pathlib import Path

import pytest

from adapters.discord import commands
from adapters.discord.invite import PERMISSIONS, invite_url
from bot.core.effects import Choice
from bot.core.errors import BotFault
from bot.core.registry import Access, Action, Command, Kind, Parameter, Registry, Submission
from tests.snapshots_of import keep, kept

DOCUMENT = Path(__file__).parents[1] / "docs" / "discord.md"


def _nothing(_request: object) -> tuple[()]:
    return ()


def _offer(_request: object, _typed: str) -> tuple[()]:
    return ()


def _command(
    name: str, *parameters: Parameter, access: Access = Access.MEMBER, about: str = "Do a thing"
) -> Command:
    return Command(
        name=name, help=about, example=f"/{name}", parameters=parameters, handler=_nothing, access=access
    )


def _on_messages(words: str, number: int = 0) -> Submission:
    return Submission(name=f"demo:take{'_' * number}", handler=_nothing, opens_form=True, on_message=words)


REGISTRY = Registry(
    [
        _command(
            "quiz",
            Parameter(
                name="kind", help="What is asked", kind=Kind.CHOICE, choices=(Choice("Who said it?", "who"),)
            ),
            Parameter(name="about", help="A topic", completer=_offer),
            Parameter(name="rounds", help="How many", kind=Kind.NUMBER, least=1, most=10),
        ),
        _command(
            "search",
            Parameter(name="by", help="Whose words"),
            Parameter(name="text", help="Words to look for", required=True, most=100),
        ),
        _command(
            "schedule add",
            Parameter(name="channel", help="Where", kind=Kind.CHANNEL),
            Parameter(name="ping", help="Which role is told", kind=Kind.ROLE),
            access=Access.MODERATOR,
        ),
        _command("schedule list", access=Access.MODERATOR),
        _command(
            "moderate adjust",
            Parameter(name="member", help="Whose score", kind=Kind.MEMBER),
            Parameter(name="file", help="A file", kind=Kind.FILE),
            access=Access.MODERATOR,
        ),
        _command("moderate challenge"),
        Action(name="demo:press", handler=_nothing),
        _on_messages("Take my message"),
    ]
)


@pytest.mark.parametrize(
    ("registry", "complaint"),
    [
        (Registry([_command("quiz"), _command("quiz now")]), "a command and a group"),
        (Registry([_command("Quiz")]), "no name"),
        (Registry([_command("quiz", about="x" * 101)]), "1 to 100 characters"),
        (Registry([_command(f"c{n}") for n in range(101)]), "100 commands"),
        (Registry([_on_messages("x" * 33)]), "1 to 32 characters"),
        (Registry([_on_messages(f"Take {n}", n) for n in range(16)]), "15 commands on messages"),
        (
            Registry([_command("quiz", *(Parameter(name=f"p{n}", help="x") for n in range(26)))]),
            "more than 25 parameters",
        ),
        (
            Registry(
                [
                    _command(
                        "quiz",
                        Parameter(
                            name="kind",
                            help="x",
                            kind=Kind.CHOICE,
                            choices=tuple(Choice(str(n), str(n)) for n in range(26)),
                        ),
                    )
                ]
            ),
            "more than 25 choices",
        ),
        (
            Registry(
                [
                    _command(
                        "quiz",
                        *(
                            Parameter(
                                name=f"p{n}",
                                help="x",
                                kind=Kind.CHOICE,
                                choices=tuple(Choice("l" * 80, f"{'v' * 80}{m}") for m in range(9)),
                            )
                            for n in range(9)
                        ),
                    )
                ]
            ),
            "larger than Discord takes",
        ),
    ],
)
def test_commands_that_discord_would_refuse_are_refused_here(
    registry: Registry, complaint: str | None
) -> None:
    """A command tree is held against Discord's limits before it is sent, naming what breaks them."""
    with pytest.raises(BotFault, match=complaint):
        commands.tree(registry)


def test_a_fingerprint_changes_with_what_discord_shows() -> None:
    """The same commands have the same fingerprint; another help text has another."""
    one, same, other = (
        commands.fingerprint(commands.tree(Registry([_command("quiz", about=about)])))
        for about in ("A round", "A round", "A set")
    )
    assert one == same
    assert one != other
    menus = [
        commands.fingerprint(commands.tree(Registry([_on_messages(words)])))
        for words in ("Take it", "Keep it")
    ]
    assert len({one, *menus}) == 3


def test_the_invitation_asks_for_exactly_the_permissions_of_the_table() -> None:
    """The address carries the application and the sum of the table's bits, and each permission has its reason."""
    query = "client_id=1234&permissions=2252109051448320&scope=bot+applications.commands"
    assert f"https://discord.com/oauth2/authorize?{query}" == invite_url("1234")
    assert all(each.reason for each in PERMISSIONS)


def test_the_page_on_discord_gives_each_permission_with_its_reason() -> None:
    """What a host reads before inviting the bot is what the invitation asks for."""
    page = DOCUMENT.read_text("utf-8")
    rows = [f"| {each.name} | {each.reason} |" for each in PERMISSIONS]
    assert rows == [each for each in rows if each in page]


def test_the_tree_is_what_its_snapshot_says() -> None:
    """The commands are told to Discord exactly as the snapshot shows them."""
    assert kept("discord", "commands") == commands.tree(REGISTRY)


if __name__ == "__main__":
    keep("discord", {"commands": commands.tree(REGISTRY)})

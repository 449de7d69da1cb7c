"""`python -m bot` at the console, in a process of its own: what is typed, what is printed, how it ends."""

import re
from pathlib import Path

from bot.cli import NO_TOKENS
from tests.processes import rows, typed

QUOTATION = (
    r"You> /quote\n"
    r"Quotation\n"
    r"  \| “.+\n"
    r"(?:  .+\n)+"
    r"Grade [ABC]: .+\n"
    r"Source: .+\n"
    r"\[1\] Another  \[2\] In context  \[3\] Save  \[4\] Discuss   #1\n"
)
ROUND = (
    r"You> /quiz\n"
    r"Who said it\?\n"
    r"  .+\?”?\n"
    r"  Closes with your answer\.\n"
    r"Grade [ABC]: .+\n"
    r"\[1\] .+  \[2\] .+  \[3\] .+  \[4\] .+   #2\n"
)
REVEAL = (
    r"You> 2\n"
    r"(?:Right: .+\. 1 point; 1 this week|It was .+\. The question comes back in your /review)\.\n"
    r"  In the article:\n"
    r"  \| “.+\n"
    r"Grade [ABC]: .+\n"
    r"Source: .+\n"
    r"\[1\] In context  \[2\] Next question   #2\n"
)
SCORE = r"You> /score\n\(only You\) Your score\n  [01] points? this week, [01] this month, [01] in all\n"
REST = r"(?:  .+\n)+\[1\] Leaderboard  \[2\] Review   #3\nYou> /quit\n"


async def test_a_quotation_a_round_and_the_score_through_a_pipe(tmp_path: Path) -> None:
    """Without a token, what is piped in gets its quotation, a round with its proof, and the score; then it ends well."""
    ended = await typed(tmp_path, "/quote\n/quiz\n2\n/score\n/quit\n", "run")
    assert (ended.code, ended.err) == (0, "")
    said = re.fullmatch(QUOTATION + ROUND + REVEAL + SCORE + REST, ended.out)
    assert said is not None, ended.out


async def test_without_token_terminal_and_input_it_says_what_is_missing(tmp_path: Path) -> None:
    """There is nobody to talk to, so it ends at once, naming the variables, and leaves no database behind."""
    ended = await typed(tmp_path, None, "run")
    assert (ended.code, ended.out, ended.err) == (1, "", NO_TOKENS + "\n")
    named = [each for each in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN") if each in ended.err]
    assert named == ["DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert _names_in(tmp_path) == []


async def test_every_fault_of_the_settings_is_said_at_once(tmp_path: Path) -> None:
    """A host sees a sentence for each, no trace, and the process ends with 1."""
    (tmp_path / "bot.toml").write_text("[quiz]\nseconds = 2\npoint_right = 1\n", encoding="utf-8")
    ended = await typed(tmp_path, None, "run")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        "bot.toml: quiz.seconds is 2; it takes a whole number from 3 to 600.",
        "bot.toml: there is no setting quiz.point_right. Did you mean quiz.points_right?",
    ]


async def test_piped_time_stands_still_but_for_the_clock(tmp_path: Path) -> None:
    """With --now no time passes between two lines; /clock lets it pass, and what falls due happens."""
    lines = "/clock\n/as Ben\n/quiz who about:words\n/clock\n/clock +45s\n/clock\n/clock +1d\n/clock\n"
    ended = await typed(tmp_path, lines, "chat", "--as", "Ana", "--now", "2026-11-24T20:00")
    assert (ended.code, ended.err) == (0, "")
    assert re.findall(r"\(only \w+\) It is .+", ended.out) == [
        "(only Ana) It is Tue 24 Nov 2026, 20:00:00 (Europe/London).",
        "(only Ben) It is Tue 24 Nov 2026, 20:00:00 (Europe/London).",
        "(only Ben) It is Tue 24 Nov 2026, 20:00:45 (Europe/London).",
        "(only Ben) It is Wed 25 Nov 2026, 20:00:45 (Europe/London).",
    ]
    asked, closed = ended.out.split("Ben> /clock +45s\n")
    assert "  Closes at 20:00:45. You can change your answer once.\n" in asked
    assert closed.startswith(
        "Who said it? Vladimir Lenin, according to Neal Lawson\n  No answers this time.\n"
    )


async def test_what_was_answered_is_there_after_a_restart(tmp_path: Path) -> None:
    """A second process on the same file goes on where the first one ended."""
    chat = ("chat", "--as", "Ana", "--now", "2026-11-24T20:00")
    played = await typed(tmp_path, "/quiz who about:words\n1\n/score\n", *chat)
    ((right,),) = rows(tmp_path / "bot.db", "SELECT is_right FROM answers")
    again = await typed(tmp_path, "/score\n", *chat)
    score = played.out[played.out.index("Ana> /score\n") :]
    assert f"  Right by topic: pluralism {right} of 1\n" in score
    assert again.out == score.replace("#2", "#1")
    assert (played.code, again.code) == (0, 0)


def _names_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]

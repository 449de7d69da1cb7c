"""docs/moderators.md shows what really happens: its boxes are typed again, line by line."""

import re
from pathlib import Path

from tests.test_schedule import planned

GUIDE = Path(__file__).parent.parent / "docs" / "moderators.md"


def _boxes() -> list[tuple[str, str]]:
    """Give each line that is typed in the guide, with what the guide says is shown for it."""
    text = GUIDE.read_text(encoding="utf-8")
    boxes = re.findall(r"^```\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    typed = [each for box in boxes for each in re.split(r"^Mia> ", box, flags=re.MULTILINE) if each]
    return [(head, shown.rstrip("\n")) for head, _, shown in (each.partition("\n") for each in typed)]


async def test_every_box_of_the_guide_is_what_is_shown() -> None:
    """From nothing to a week of programmes, word for word."""
    boxes = _boxes()
    async with planned() as talk:
        shown = [(typed, await talk("Mia", "" if typed == "(Enter)" else typed)) for typed, _ in boxes]
    assert len(boxes) == 15
    assert shown == boxes

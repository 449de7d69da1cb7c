"""What every test run begins with: where the platforms' own documents are, if they are there.

The local servers check what they are sent against Discord's OpenAPI document and Slack's block schema. These are not
part of the project: HUNDRED_REGIMENTS_SPECS names their folder, else it is looked for beside the project.
"""

import os
from pathlib import Path

SPECS = "HUNDRED_REGIMENTS_SPECS"
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "specs"

if SPECS not in os.environ and _BESIDE.is_dir():
    os.environ[SPECS] = str(_BESIDE)


def pytest_report_header() -> str:
    """Say whether requests are checked against the platforms' documents."""
    if os.environ.get(SPECS):
        return "platform documents: requests are checked against them"
    return f"platform documents: not there, so requests are not checked against them ({SPECS} is not set)"

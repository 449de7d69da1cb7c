"""What every test run begins with: where the platforms' own documents are, if they are there.

The local servers check what they are sent against Discord's OpenAPI document and Slack's block schema. These are not
part of the project: HUNDRED_REGIMENTS_SPECS names their folder, else it is looked for beside the project.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.driver import sqlite3
from storage.migrations import MIGRATIONS

SPECS = "HUNDRED_REGIMENTS_SPECS"
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "specs"

if SPECS not in os.environ and _BESIDE.is_dir():
    os.environ[SPECS] = str(_BESIDE)


def pytest_report_header() -> str:
    """Say whether requests are checked against the platforms' documents."""
    if os.environ.get(SPECS):
        return "platform documents: requests are checked against them"
    return f"platform documents: not there, so requests are not checked against them ({SPECS} is not set)"


@pytest.fixture(scope="session")
def ready_schema() -> Iterator[sqlite3.Connection]:
    """Make a database that has had every migration, to copy from any thread."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    MIGRATIONS.apply(Database(connection, execute_plugins=False))
    yield connection
    connection.close()


@pytest.fixture(autouse=True)
def schema_copied(
    request: pytest.FixtureRequest, ready_schema: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give every new database its schema by a copy, which is a tenth of the work; marked `migrates`, by the migrations."""
    if request.node.get_closest_marker("migrates"):
        return
    migrate = MIGRATIONS.apply

    def apply(db: Database, **options: str) -> None:
        if options or db.table_names():
            migrate(db, **options)
        else:
            ready_schema.backup(db.conn)

    monkeypatch.setattr(MIGRATIONS, "apply", apply)

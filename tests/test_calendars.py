"""The days of a portfolio go into a calendar: notice, renewal, claims, each with the words that prove it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner

from pactgraph import Graph
from pactgraph.cli import main
from pactgraph.errors import QueryError


@pytest.fixture(scope="module")
def folder(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("calendars") / "graph"
    with Graph.open(place, writing=True) as graph:
        graph.build([examples], examples.parent / "manifest.csv", validate=False)
    return place


def exported(folder: Path, tmp_path: Path, **given: Any) -> dict[str, list[Any]]:
    with Graph.open(folder) as graph:
        graph.export_calendar(tmp_path / "days.ics", **given)
    (calendar,) = vobject.readComponents((tmp_path / "days.ics").read_text("utf-8"))
    found: dict[str, list[Any]] = {}
    for event in calendar.contents.get("vevent", []):
        found.setdefault(event.categories.value[0], []).append(event)
    return found


def test_notice_days_and_renewals_of_twelve_terms_are_noted(folder: Path, tmp_path: Path) -> None:
    found = exported(folder, tmp_path, calendar="GB-ENG")
    assert {kind: len(events) for kind, events in found.items()} == {"Notice": 12, "Renewal": 12}
    notice, renewal = found["Notice"][0], found["Renewal"][0]
    assert (notice.dtstart.value, renewal.dtstart.value) == (date(2025, 10, 19), date(2026, 1, 15))
    assert "brackenholt" in notice.summary.value
    assert "Boxing Day" in notice.description.value
    assert "automatically renew for successive periods" in notice.description.value
    assert len({event.uid.value for events in found.values() for event in events}) == 24


def test_deadlines_begin_after_a_day_and_move_with_the_start(folder: Path, tmp_path: Path) -> None:
    first = exported(folder, tmp_path, calendar="weekdays")["Notice"][0]
    moved = exported(folder, tmp_path, calendar="weekdays", begins={"brackenholt": "2024-02-15"})["Notice"][0]
    assert moved.uid.value == first.uid.value
    assert moved.dtstart.value > first.dtstart.value
    later = exported(folder, tmp_path, after="2030-01-01")["Notice"]
    assert later[0].dtstart.value >= date(2030, 1, 1)
    assert len(later) == 12


def test_claims_are_noted_for_what_went_wrong(folder: Path, tmp_path: Path) -> None:
    incidents = {"brackenholt": ["2031-05-03", "2031-06-30"], "quillmere": ["2031-05-03"]}
    found = exported(folder, tmp_path, incidents=incidents)["Claim"]
    assert [(event.dtstart.value.isoformat(), event.summary.value.split(" under ")[0]) for event in found] == [
        ("2031-06-02", "Last safe day to claim a service credit"),
        ("2031-07-30", "Last safe day to claim a service credit"),
        ("2032-05-03", "Last safe day to bring a claim"),
    ]
    with pytest.raises(QueryError, match="unknown agreement 'nobody'"):
        exported(folder, tmp_path, incidents={"nobody": ["2031-05-03"]})


def test_the_command_writes_the_same_file_twice(folder: Path, tmp_path: Path) -> None:
    starts = tmp_path / "starts.csv"
    starts.write_text("agreement,date\nbrackenholt,2030-01-01\n", encoding="utf-8")
    for name in ("one.ics", "two.ics"):
        arguments = ["export", str(tmp_path / name), "--graph", str(folder), "--begins", str(starts)]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        assert "24 days to note" in done.stderr
    assert (tmp_path / "one.ics").read_bytes() == (tmp_path / "two.ics").read_bytes()
    streamed = CliRunner().invoke(
        main, ["export", "-", "--format", "ics", "--graph", str(folder), "--begins", str(starts)]
    )
    assert streamed.stdout_bytes == (tmp_path / "one.ics").read_bytes()


def test_options_of_other_formats_are_refused(folder: Path, tmp_path: Path) -> None:
    for arguments, said in (
        (["x.ttl", "--begins", "2031-01-01"], "--begins is for a calendar"),
        (["x.ics", "--view", "overview"], "a calendar has all agreements"),
        (["x.what"], "unknown ending of a file '.what'"),
    ):
        done = CliRunner().invoke(
            main, ["export", str(tmp_path / arguments[0]), *arguments[1:], "--graph", str(folder)]
        )
        assert done.exit_code == 2
        assert said in done.stderr

"""``manage.py import_workbook``."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.workbooks import DATA, expected_faults
from volunteers.hours.models import ServiceRecord
from volunteers.imports.models import ImportRun
from volunteers.registry.models import Volunteer

ROSTER = DATA / "roster-441802.xlsx"
HOURS = DATA / "hours-441802-2026-05.xlsx"


def run(
    kind: str = "volunteers",
    file: Path = ROSTER,
    *flags: str,
    committee: str = "441802",
    username: str = "county-441802",
) -> str:
    out = StringIO()
    words = [kind, str(file), "--committee", committee, "--as", username, *flags]
    call_command("import_workbook", *words, stdout=out)
    return out.getvalue()


def run_json(kind: str, file: Path, *flags: str, **named: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(kind, file, *flags, "--json", **named))
    return answer


def pairs(answer: dict[str, Any]) -> list[tuple[int, str]]:
    return [(row["row"], row["field"]) for row in answer["refused"]]


def registered() -> int:
    with as_owner():
        return Volunteer.objects.filter(source="import").count()


def test_json_gives_figures_and_each_refused_row(counties: Cast) -> None:
    answer = run_json("volunteers", ROSTER)
    assert {name: answer[name] for name in ("kind", "committee", "rows", "accepted")} == {
        "kind": "volunteers",
        "committee": "441802",
        "rows": 408,
        "accepted": 374,
    }
    assert pairs(answer) == expected_faults(ROSTER.name)
    assert all(row["message"] for row in answer["refused"])
    assert registered() == 374
    answer = run_json("hours", HOURS)
    assert pairs(answer) == expected_faults(HOURS.name)


def test_check_changes_nothing(counties: Cast) -> None:
    answer = run_json("volunteers", ROSTER, "--check")
    assert (answer["accepted"], pairs(answer)) == (374, expected_faults(ROSTER.name))
    assert registered() == 0
    with as_owner():
        assert not ImportRun.objects.exists()


def test_second_import_says_that_nothing_was_added(counties: Cast) -> None:
    first = run()
    again = run()
    assert "374" in first.splitlines()[-1]
    assert "374" in again.splitlines()[-1]
    assert first.splitlines()[-1] != again.splitlines()[-1]
    assert len(again.splitlines()) == len(first.splitlines()) + 374 + 1
    assert run_json("volunteers", ROSTER)["already"] == 374
    assert registered() == 374


def test_refused_rows_are_printed_one_a_line(counties: Cast) -> None:
    lines = run().splitlines()
    assert [int(line.split("\t")[0]) for line in lines[:-1]] == [
        row for row, _field in expected_faults(ROSTER.name)
    ]


def test_run_is_kept_with_the_digest_of_the_file(counties: Cast) -> None:
    answer = run_json("volunteers", ROSTER)
    with as_owner():
        run_kept = ImportRun.objects.get(pk=answer["id"])
        assert (run_kept.stage, run_kept.accepted, run_kept.refused) == ("done", 374, 34)
        assert len(run_kept.sha256) == 64
        assert run_kept.faults.count() == 34


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"", b"\x00\x01"])
def test_unreadable_file_ends_with_status_2(counties: Cast, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run("volunteers", path)
    assert error.value.returncode == 2
    assert str(error.value)


def test_missing_file_ends_with_status_2(counties: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        run("volunteers", tmp_path / "none.xlsx")
    assert error.value.returncode == 2


def test_wrong_kind_of_workbook_ends_with_status_2(counties: Cast) -> None:
    with pytest.raises(CommandError) as error:
        run("hours", ROSTER)
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("username", "committee"),
    [
        ("county-440606", "441802"),
        ("township-440606103", "440606"),
        ("province-auditor", "441802"),
        ("nobody", "441802"),
        ("county-441802", "999999"),
    ],
)
def test_who_may_not_import_for_the_committee_is_refused(
    counties: Cast, username: str, committee: str
) -> None:
    with pytest.raises(CommandError) as error:
        run(username=username, committee=committee)
    assert error.value.returncode == 1
    assert registered() == 0


def test_city_imports_for_its_county(counties: Cast) -> None:
    assert run_json("volunteers", ROSTER, username="city-4418")["accepted"] == 374
    with as_owner():
        assert ImportRun.objects.get().committee.code == "441802"


def test_ledger_of_the_province_is_taken(counties: Cast) -> None:
    """The small tree of the tests knows three counties only; all other rows name none."""
    ledger = DATA / "ledger-guangdong-2021.xlsx"
    answer = run_json("ledger", ledger, committee="44", username="province")
    assert answer["rows"] == 122
    assert answer["accepted"] + len(answer["refused"]) == 122
    assert answer["unchanged"] < answer["accepted"]
    for options in ("--check",), ():
        again = run_json("ledger", ledger, *options, committee="44", username="province")
        assert again["unchanged"] == again["accepted"] == answer["accepted"] > 0
    with as_owner():
        assert not ServiceRecord.objects.exists()

"""Reading in a child process: the same rows, within limits, and nothing left behind."""

import io
import multiprocessing
import os
import pickle
from pathlib import Path

import psutil
import pytest

from core.confined.frames import frames_in, read_frame, write_frame
from core.confined.running import ChildFailed
from core.workbooks import Sheet, WorkbookRefused, read_workbook
from core.workbooks.isolation import MEMORY_LIMIT, read_in_child
from core.workbooks.shapes import MEGABYTE
from tests.core.workbooks.builders import repacked, write_xlsx
from tests.core.workbooks.cast import HOURS, LEDGER, ROSTER, WORKBOOKS

HOURS_FILE = WORKBOOKS / "hours-441802-2026-05.xlsx"


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred thousand rows."""
    path = tmp_path_factory.mktemp("big") / "t.csv"
    line = "刘霞明,449900200610211872,河小青巡河护水,2026-05-16,08:00,09:30,1.5\n"
    path.write_text("姓名,身份证号,活动,日期,开始,结束,时长\n" + line * 100_000, encoding="utf-8")
    return path


def children() -> list[int]:
    return [child.pid for child in psutil.Process().children(recursive=True)]


@pytest.mark.parametrize("columns", [HOURS, ROSTER, LEDGER])
def test_child_reads_what_the_reader_reads(columns: tuple[object, ...]) -> None:
    for path in sorted(WORKBOOKS.glob("*.xlsx")):
        expected = read_workbook(path, columns)  # type: ignore[arg-type]
        with read_in_child(path, columns) as sheet:  # type: ignore[arg-type]
            assert sheet.outline == expected.outline
            assert sheet.count == expected.count
            assert list(sheet.rows) == list(expected.rows)
            assert list(sheet.rows) == list(expected.rows)


def test_corrections_reach_the_child() -> None:
    with read_in_child(HOURS_FILE, HOURS, mapping={"activity": 7, "start": None}) as sheet:
        assert sheet.mapping["activity"] == 7
        assert "start" not in sheet.mapping
    with pytest.raises(WorkbookRefused) as refused:
        read_in_child(HOURS_FILE, HOURS, sheet="别的")
    assert refused.value.code == "no_sheet"
    assert "别的" in refused.value.message


def test_many_rows_come_in_chunks_and_with_progress(big: Path) -> None:
    told: list[tuple[int, int]] = []
    with read_in_child(
        big, HOURS, progress=lambda done, total: told.append((done, total))
    ) as sheet:
        lengths = [len(chunk) for chunk in sheet.chunks()]
    assert sheet.count == sum(lengths) == 100_000
    assert max(lengths) <= 2_000
    assert told == sorted(told)
    assert told[-1] == (100_001, 100_001)


def test_memory_limit_is_enforced(big: Path) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_in_child(big, HOURS, memory_limit=24 * MEGABYTE)
    assert refused.value.code == "too_much_memory"
    assert "24 MB" in refused.value.message
    assert children() == []


def sparse(tmp_path: Path) -> Path:
    """Two cells at opposite corners: a table of 17 thousand million cells."""
    write_xlsx(tmp_path / "small.xlsx", {"名册": [["姓名"]]})
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    member = {"xl/worksheets/sheet1.xml": sheet.encode()}
    return repacked(tmp_path / "small.xlsx", tmp_path / "t.xlsx", add=member)


def test_sheet_that_claims_more_cells_than_there_is_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_in_child(sparse(tmp_path), ROSTER)
    assert refused.value.code == "too_much_memory"
    assert f"{MEMORY_LIMIT // MEGABYTE} MB" in refused.value.message


def test_time_limit_is_enforced(big: Path) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_in_child(big, HOURS, time_limit=0)
    assert refused.value.code == "too_slow"
    assert children() == []


def test_refusal_in_the_child_is_the_parents(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(WorkbookRefused) as refused:
        read_in_child(path, HOURS)
    assert refused.value.code == "wrong_type"


def test_fault_of_the_portals_own_is_no_refusal(tmp_path: Path) -> None:
    with pytest.raises(ChildFailed, match="FileNotFoundError"):
        read_in_child(tmp_path / "nothing.xlsx", HOURS)
    with pytest.raises(ChildFailed, match="ValueError"):
        read_in_child(HOURS_FILE, HOURS, mapping={"email": 1})


def test_progress_that_raises_ends_the_child(big: Path) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_in_child(big, HOURS, progress=cancel)
    assert children() == []


def test_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nonexistent")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nonexistent")
    monkeypatch.setenv("SECRET_KEY", "secret")
    with read_in_child(HOURS_FILE, HOURS) as sheet:
        assert sheet.count == 1200


def _count_in_daemon(queue: "multiprocessing.Queue[int]") -> None:
    with read_in_child(HOURS_FILE, HOURS) as sheet:
        queue.put(sheet.count)


def test_daemonic_workers_may_read() -> None:
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    worker = context.Process(target=_count_in_daemon, args=(queue,), daemon=True)
    worker.start()
    assert queue.get(timeout=60) == 1200
    worker.join()


def open_files() -> int:
    return psutil.Process().num_fds()


def test_closed_sheet_leaves_no_file() -> None:
    before = open_files()
    sheet: Sheet = read_in_child(HOURS_FILE, HOURS)
    assert open_files() == before + 1
    sheet.close()
    assert open_files() == before


def test_frames_bring_only_plain_values_to_life(tmp_path: Path) -> None:
    path = tmp_path / "frames"
    with path.open("w+b") as file:
        write_frame(file, "chunk", [os.getcwd])
        file.flush()
        (frame,) = frames_in(file.fileno())
        with pytest.raises(pickle.UnpicklingError):
            read_frame(file.fileno(), frame)


def test_frame_that_broke_off_is_left_out(tmp_path: Path) -> None:
    whole = io.BytesIO()
    write_frame(whole, "outline", {"a": 1})
    write_frame(whole, "end", 5)
    path = tmp_path / "frames"
    path.write_bytes(whole.getvalue()[:-1])
    with path.open("rb") as file:
        assert [frame.kind for frame in frames_in(file.fileno())] == ["outline"]

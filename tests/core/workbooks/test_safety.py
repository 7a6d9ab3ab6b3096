"""Files that are not opened, each refused with its own sentence."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from core.workbooks import Sheet, WorkbookRefused, read_workbook
from core.workbooks.shapes import MAX_ROWS, MAX_UNPACKED
from tests.core.workbooks.builders import biff, compound, repacked, write_xlsx
from tests.core.workbooks.cast import HOURS, LEDGER, ROSTER, WORKBOOKS

ROSTER_FILE = WORKBOOKS / "roster-440606.xlsx"
XLS = compound({"Workbook": biff([["姓名", "身份证号"], ["刘霞明", "1"]])})


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(path, ROSTER)
    with translation.override("zh-hans"):
        assert refused.value.message.endswith("。")
    return refused.value.code


def refusal_of(tmp_path: Path, data: bytes, name: str = "t.xlsx") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    return refusal(path)


def zipped(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_xlsx_behind_a_password_is_refused(tmp_path: Path) -> None:
    protected = compound({"EncryptionInfo": b"", "EncryptedPackage": b"\0" * 9000})
    assert refusal_of(tmp_path, protected) == "encrypted"


def test_xls_behind_a_password_is_refused(tmp_path: Path) -> None:
    protected = compound({"Workbook": biff([["姓名"]], secret=True)})
    assert refusal_of(tmp_path, protected, "t.xls") == "encrypted"


def test_zip_behind_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(ROSTER_FILE.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal_of(tmp_path, bytes(data)) == "encrypted"


def test_macros_are_refused_wherever_they_are(tmp_path: Path) -> None:
    with_macros = repacked(ROSTER_FILE, tmp_path / "m.xlsx", add={"xl/vbaProject.bin": b"x"})
    assert refusal(with_macros) == "macros"
    sheet = repacked(ROSTER_FILE, tmp_path / "s.xlsx", add={"xl/macrosheets/sheet1.xml": b"x"})
    assert refusal(sheet) == "macros"
    with zipfile.ZipFile(ROSTER_FILE) as archive:
        types = archive.read("[Content_Types].xml")
    enabled = types.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    named = repacked(ROSTER_FILE, tmp_path / "e.xlsx", add={"[Content_Types].xml": enabled})
    assert refusal(named) == "macros"
    assert refusal_of(tmp_path, ROSTER_FILE.read_bytes(), "t.xlsm") == "macros"
    xls = compound({"Workbook": biff([["姓名"]]), "_VBA_PROJECT_CUR": b""})
    assert refusal_of(tmp_path, xls, "t.xls") == "macros"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"\x89PNG\r\n\x1a\n",
        b"{\\rtf1 x}",
        bytes(range(256)),
        "姓名\0手机".encode(),
        b"\xff\xfe\x00\xd8",
        zipped({"word/document.xml": b"x", "[Content_Types].xml": b"x"}),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}),
        zipped({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}),
        zipped({"a.txt": b"x"}),
        zipped({}),
        compound({"WordDocument": b"x"}),
        b"\x81\x20" * 50,
    ],
    ids=[
        "pdf",
        "png",
        "rtf",
        "bytes",
        "nul",
        "utf-16",
        "docx",
        "ods",
        "xlsb",
        "zip",
        "empty zip",
        "doc",
        "no encoding",
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal_of(tmp_path, data) == "wrong_type"


@pytest.mark.parametrize(
    "text", ["<html><table>", "\n<!DOCTYPE html>", '<?xml version="1.0"?><Workbook>']
)
def test_web_page_under_a_workbooks_name_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal_of(tmp_path, text.encode(), "t.xls") == "web_page"
    assert refusal_of(tmp_path, text.encode("utf-8-sig"), "t.xls") == "web_page"


def test_empty_file_and_empty_sheets_are_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, b"") == "empty"
    assert refusal_of(tmp_path, b" \n\n", "t.csv") == "empty"
    assert refusal(write_xlsx(tmp_path / "e.xlsx", {"空": [], "也空": []})) == "empty"


def test_incomplete_or_changed_workbook_is_refused(tmp_path: Path) -> None:
    whole = ROSTER_FILE.read_bytes()
    assert refusal_of(tmp_path, whole[: len(whole) // 2]) == "broken"
    assert refusal_of(tmp_path, whole[:200]) == "broken"
    at = whole.find(b"xl/worksheets/sheet1.xml") + 100
    assert refusal_of(tmp_path, whole[:at] + bytes(200) + whole[at + 200 :]) == "broken"
    assert refusal_of(tmp_path, XLS[:1200], "t.xls") == "broken"
    assert refusal_of(tmp_path, XLS[:600], "t.xls") in {"broken", "wrong_type"}
    with zipfile.ZipFile(ROSTER_FILE) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    halved = repacked(
        ROSTER_FILE, tmp_path / "h.xlsx", add={"xl/worksheets/sheet1.xml": sheet[:3000]}
    )
    assert refusal(halved) == "broken"


def test_workbook_too_large_unpacked_is_refused_from_its_directory(tmp_path: Path) -> None:
    noise = zipped({"[Content_Types].xml": b"x", "xl/a": b"x"}, method=zipfile.ZIP_STORED)
    at = noise.rfind(b"PK\x01\x02")
    lying = bytearray(noise)
    struct.pack_into("<I", lying, at + 24, MAX_UNPACKED)
    assert refusal_of(tmp_path, bytes(lying)) == "too_large"


def test_file_too_large_itself_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.truncate(MAX_UNPACKED + 1)
    assert refusal(path) == "too_large"


def bomb() -> bytes:
    return zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": bytes(20_000_000)})


def test_dense_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, bomb()) == "too_dense"


def test_dense_workbook_with_a_lying_directory_is_refused_in_little_memory(tmp_path: Path) -> None:
    lying = bytearray(bomb())
    at = lying.rfind(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 500)
    tracemalloc.start()
    try:
        assert refusal_of(tmp_path, bytes(lying)) == "too_dense"
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_members_laid_over_one_another_are_counted_each(tmp_path: Path) -> None:
    """The directory names one packed member a hundred times."""
    one = zipped({"[Content_Types].xml": b"x", "xl/a": bytes(900_000)})
    start, end = one.rfind(b"PK\x01\x02"), one.rfind(b"PK\x05\x06")
    entry = one[start:end]
    first = one.find(b"PK\x01\x02")
    entries = one[first:start] + entry * 100
    tail = bytearray(one[end:])
    struct.pack_into("<HHII", tail, 8, 101, 101, len(entries), first)
    assert refusal_of(tmp_path, one[:first] + entries + bytes(tail)) == "too_dense"


def test_directory_that_lies_about_a_size_is_broken(tmp_path: Path) -> None:
    data = bytearray(ROSTER_FILE.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    (size,) = struct.unpack_from("<I", data, at + 24)
    struct.pack_into("<I", data, at + 24, size - 1)
    assert refusal_of(tmp_path, bytes(data)) == "broken"


def test_two_hundred_thousand_rows_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = "姓名,身份证号\n" + "刘,1\n" * MAX_ROWS
    path.write_text(lines, encoding="utf-8")
    assert read_workbook(path, ROSTER).count == MAX_ROWS
    path.write_text(lines + "刘,1\n", encoding="utf-8")
    assert refusal(path) == "too_many_rows"


def test_stray_cell_far_below_is_refused_with_its_row(tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "t.xlsx")) as workbook:
        sheet = workbook.add_worksheet("名册")
        sheet.write_row(0, 0, ["姓名", "身份证号"])
        sheet.write_string(1_048_575, 0, " ")
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(tmp_path / "t.xlsx", ROSTER)
    assert "1048576" in refused.value.message


def test_stray_cell_far_to_the_right_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "t.xlsx", {"名册": [["姓名", *[""] * 2000, "x"]]})
    assert refusal(path) == "too_wide"


SEEDS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "姓名,身份证号\n刘,1\n".encode(),
    "姓名\t身份证号\r\n刘\t1".encode("gb18030"),
    XLS,
    ROSTER_FILE.read_bytes(),
    (WORKBOOKS / "ledger-guangdong-2021.xlsx").read_bytes(),
]


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_bytes_give_a_sheet_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    content += data.draw(st.binary(max_size=600))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        piece = data.draw(st.binary(max_size=8))
        content[at : at + len(piece)] = piece
    content = content[: data.draw(st.integers(len(content) // 2, len(content)))]
    path = tmp_path / "t"
    path.write_bytes(content)
    columns = data.draw(st.sampled_from([HOURS, ROSTER, LEDGER]))
    try:
        sheet = read_workbook(path, columns)
    except WorkbookRefused as refused:
        assert refused.message  # noqa: PT017 - either is right
    else:
        assert isinstance(sheet, Sheet)
        assert sheet.count == len(list(sheet.rows))

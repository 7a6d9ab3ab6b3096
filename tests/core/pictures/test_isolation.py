"""Reading pictures in a child: the picture alone comes out, and what is none is refused."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from core.confined.running import MEGABYTE
from core.pictures import PictureRefused, Pictures
from core.pictures.isolation import read_pictures
from core.pictures.shapes import LONGEST_SIDE, MAX_PAGES, THUMBNAIL_SIDE
from tests import pictures


def read(tmp_path: Path, content: bytes, **limits: int) -> Pictures:
    path = tmp_path / "whatever.txt"
    path.write_bytes(content)
    return read_pictures(path, **limits)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def corners(picture: Image.Image) -> list[bool]:
    """Which corners are red: above left, above right, below left, below right."""
    right, below = picture.width - 5, picture.height - 5
    points = [(5, 5), (right, 5), (5, below), (right, below)]
    found = [picture.convert("RGB").getpixel(point) for point in points]
    return [isinstance(colour, tuple) and colour[1] < 128 for colour in found]


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.heic])
def test_place_camera_and_comment_are_gone(tmp_path: Path, make: object) -> None:
    sent = make()  # type: ignore[operator]
    assert b"PHONE-MODEL-7" in sent
    assert opened(sent).getexif().get_ifd(0x8825)
    (page,) = read(tmp_path, sent).pages
    for kept in (page.picture, page.thumbnail):
        picture = opened(kept)
        assert picture.format == "JPEG"
        assert dict(picture.getexif()) == {}
        assert picture.getexif().get_ifd(0x8825) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & picture.info.keys()
        for secret in (b"PHONE-MODEL-7", b"Exif", b"COMMENT-OF-CAMERA", b"2026:05:16"):
            assert secret not in kept


@pytest.mark.parametrize(
    ("orientation", "red"), [(1, 0), (2, 1), (3, 3), (4, 2), (5, 0), (6, 1), (7, 3), (8, 2)]
)
def test_picture_stands_upright_before_exif_goes(
    tmp_path: Path, orientation: int, red: int
) -> None:
    (page,) = read(tmp_path, pictures.jpeg(orientation=orientation)).pages
    assert (page.width, page.height) == ((300, 200) if orientation < 5 else (200, 300))
    assert corners(opened(page.picture)) == [place == red for place in range(4)]


def test_heic_comes_out_as_jpeg(tmp_path: Path) -> None:
    found = read(tmp_path, pictures.heic())
    assert found.kind == "heic"
    (page,) = found.pages
    assert (page.width, page.height) == (300, 200)
    assert corners(opened(page.picture)) == [True, False, False, False]


def test_pdf_becomes_a_picture_of_each_page_and_nothing_else(tmp_path: Path) -> None:
    found = read(tmp_path, pictures.pdf(2))
    assert found.kind == "pdf"
    assert len(found.pages) == 2
    for page in found.pages:
        assert page.height > page.width
        assert corners(opened(page.picture))[0]
        assert b"JavaScript" not in page.picture


def test_large_picture_is_made_smaller_and_has_a_thumbnail(tmp_path: Path) -> None:
    (page,) = read(tmp_path, pictures.jpeg(pictures.red_corner(5000, 2500))).pages
    assert (page.width, page.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert max(opened(page.thumbnail).size) == THUMBNAIL_SIDE


def test_transparent_picture_lies_on_white_paper(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(out, "PNG")
    (page,) = read(tmp_path, out.getvalue()).pages
    assert opened(page.picture).getpixel((30, 30)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that claims to be as large as a house."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(100_000, 100_000), "too_many_points"),
        (bomb(9_000, 9_000), "too_many_points"),
        (b"MZ\x90\x00" + bytes(100), "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        (b"GIF89a" + bytes(100), "wrong_type"),
        (b"", "wrong_type"),
        (pictures.jpeg()[:600], "broken"),
        (bomb(100, 100)[:60], "broken"),
        (b"%PDF-1.7\n" + bytes(200), "broken"),
        (pictures.locked_pdf(), "encrypted"),
        (pictures.pdf(MAX_PAGES + 1), "too_many_pages"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_content(
    tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(PictureRefused) as refused:
        read(tmp_path, content)
    assert refused.value.code == code


def test_memory_limit_is_enforced(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (7000, 7000)).save(out, "PNG", compress_level=1)
    with pytest.raises(PictureRefused) as refused:
        read(tmp_path, out.getvalue(), memory_limit=128 * MEGABYTE)
    assert refused.value.code == "too_much_memory"
    assert "128 MB" in refused.value.message


def test_time_limit_is_enforced(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused) as refused:
        read(tmp_path, pictures.jpeg(), time_limit=0)
    assert refused.value.code == "too_slow"


def test_heic_that_takes_too_much_memory_is_not_called_damaged(tmp_path: Path) -> None:
    sent = pictures.heic_of(pictures.red_corner(2400, 1600))
    found = set()
    for limit in (100, 110):
        with pytest.raises(PictureRefused) as refused:
            read(tmp_path, sent, memory_limit=limit * MEGABYTE)
        found.add(refused.value.code)
    assert found == {"too_much_memory"}
    with pytest.raises(PictureRefused) as refused:
        read(tmp_path, sent[: len(sent) // 2])
    assert refused.value.code == "broken"

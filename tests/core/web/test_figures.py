"""How figures read."""

import pytest

from core.web.figures import count_text, hours_text, percent_text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(None, "–"), (0, "0.0"), (90, "1.5"), (72_270, "1,204.5"), (10_940_430, "182,340.5")],
)
def test_hours_text(minutes: int | None, text: str) -> None:
    assert hours_text(minutes) == text


@pytest.mark.parametrize(
    ("rate", "text"), [(None, "–"), (0.8689, "86.9"), (1.0, "100.0"), (0.0, "0.0")]
)
def test_percent_text(rate: float | None, text: str) -> None:
    assert percent_text(rate) == text


@pytest.mark.parametrize(
    ("count", "cap", "text"),
    [
        (None, None, "–"),
        (412, 10_000, "412"),
        (10_001, 10_000, "10,000+"),
        (12_345, None, "12,345"),
    ],
)
def test_count_text(count: int | None, cap: int | None, text: str) -> None:
    assert count_text(count, cap=cap) == text

"""Keyset pages for the API: the position is the last row's id, never an offset."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination

__all__ = ["KeysetPagination"]


class KeysetPagination(CursorPagination):
    """``{"next", "previous", "results"}``, newest first."""

    ordering = "-pk"
    page_size_query_param = "page_size"
    max_page_size = 200

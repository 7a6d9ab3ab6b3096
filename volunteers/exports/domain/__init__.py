"""The verbs of exports: ask for one, write it, throw old files away."""

from volunteers.exports.domain.discarding import discard_expired_files
from volunteers.exports.domain.opened import opened_table
from volunteers.exports.domain.ordering import EXPORT_JOB, order_export
from volunteers.exports.domain.tables import Table, table_of
from volunteers.exports.domain.writing import write_export

__all__ = [
    "EXPORT_JOB",
    "Table",
    "discard_expired_files",
    "opened_table",
    "order_export",
    "table_of",
    "write_export",
]

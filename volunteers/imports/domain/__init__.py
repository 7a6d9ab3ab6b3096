"""The verbs of imports: upload, choose columns, check, order, take, settle, discard."""

from volunteers.imports.domain.discarding import discard_old_files
from volunteers.imports.domain.kinds import IMPORTERS, fault_of, kind_of_header
from volunteers.imports.domain.reports import ShownFault, field_label, shown_fault
from volunteers.imports.domain.taking import check_import, import_path, take_import
from volunteers.imports.domain.uploading import (
    CHECK_JOB,
    TAKE_JOB,
    choose_columns,
    order_import,
    read_as,
    settle_import,
    take_workbook_at_once,
    upload_workbook,
)

__all__ = [
    "CHECK_JOB",
    "IMPORTERS",
    "TAKE_JOB",
    "ShownFault",
    "check_import",
    "choose_columns",
    "discard_old_files",
    "fault_of",
    "field_label",
    "import_path",
    "kind_of_header",
    "order_import",
    "read_as",
    "settle_import",
    "shown_fault",
    "take_import",
    "take_workbook_at_once",
    "upload_workbook",
]

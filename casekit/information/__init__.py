"""What a firm knows of its customers: reading files, checking them, keeping names out of reports."""

from casekit.information.check import FileCheck, check_client_file
from casekit.information.reading import ClientFile, read_client_file
from casekit.information.reading_text import parse_reading
from casekit.information.template import write_template
from casekit.information.worklist import write_worklist

__all__ = [
    "ClientFile",
    "FileCheck",
    "check_client_file",
    "parse_reading",
    "read_client_file",
    "write_template",
    "write_worklist",
]

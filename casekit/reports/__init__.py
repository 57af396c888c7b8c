"""From a case notebook to a report: parameters, run, export."""

from casekit.reports.cases import Case, find_case, list_cases
from casekit.reports.parameters import Parameter, check_parameters, read_parameters

__all__ = ["Case", "Parameter", "check_parameters", "find_case", "list_cases", "read_parameters"]

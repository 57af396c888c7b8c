"""casekit: customer value and customer relationship management, as a workbook.

The calculations live in packages named after the field: :mod:`casekit.value`, :mod:`casekit.loyalty`,
:mod:`casekit.strategy`, :mod:`casekit.selling`, :mod:`casekit.information`; the data sets in
:mod:`casekit.datasets`. Nothing heavy is imported here: plots, widgets and reports load when asked for.
"""

from casekit.errors import CasekitError, CasekitWarning, InputError

__version__ = "0.1.0"

__all__ = ["CasekitError", "CasekitWarning", "InputError", "__version__"]

"""The same calculations on frames of other engines: Polars, PyArrow, DuckDB, PySpark and Dask.

Functions of casekit that read a purchase log or a summary hand frames that are not pandas to expressions
written once with narwhals. Lazy frames stay lazy; what comes to this process is one row of facts about a log,
and tables of distinct values where a fit or a rule needs them. ``docs/scale.md`` says what each function
fetches and what it costs.
"""

from casekit.engines.frames import is_column, is_frame
from casekit.engines.logs import CheckedLog, check_log

__all__ = ["CheckedLog", "check_log", "is_column", "is_frame"]

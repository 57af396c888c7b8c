"""Kernels forked from a process that has imported the libraries once.

A fresh Python takes seconds to import pandas and seaborn. A template process imports them once and forks a
real ipykernel for every report: its own process, working directory, environment and random state.
The provisioner ``casekit-fork`` offers this to anything that starts kernels through jupyter_client.
"""

from casekit.reports.kernels.messages import TEMPLATE_VARIABLE, can_fork

__all__ = ["TEMPLATE_VARIABLE", "can_fork"]

"""Many reports: made side by side, skipped if they are there already, whole or not at all."""

from casekit.reports.batch.outcome import FAILED, MADE, STOPPED, UNCHANGED, Outcome, Summary

__all__ = ["FAILED", "MADE", "STOPPED", "UNCHANGED", "Outcome", "Summary"]

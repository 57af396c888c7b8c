"""The layouts of the files that the cases read, one module a case."""

from casekit.information.layouts._layout import Column, Layout
from casekit.information.layouts.bank_upsell import BANK_UPSELL
from casekit.information.layouts.customer_base import CUSTOMER_BASE
from casekit.information.layouts.customer_value_analysis import CUSTOMER_VALUE_ANALYSIS
from casekit.information.layouts.lifetime_value import LIFETIME_VALUE
from casekit.information.layouts.loyalty_tiers import LOYALTY_TIERS
from casekit.information.layouts.swot import SWOT

#: Every layout by the name of its case.
LAYOUTS: dict[str, Layout] = {
    layout.case: layout
    for layout in (
        BANK_UPSELL,
        CUSTOMER_BASE,
        CUSTOMER_VALUE_ANALYSIS,
        LIFETIME_VALUE,
        LOYALTY_TIERS,
        SWOT,
    )
}

__all__ = ["LAYOUTS", "Column", "Layout"]

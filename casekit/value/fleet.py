"""How many customers a fleet can carry, and how fast it must turn round to do so."""

from __future__ import annotations

from casekit._validate import Check


def fleet_capacity(vehicles: int, *, cycle_days: float, seats: int) -> float:
    """Seats a day in one direction that a fleet can offer.

    Parameters
    ----------
    vehicles : int
        Vehicles in service, 0 or more.
    cycle_days : float
        Days from one departure of a vehicle to its next in the same direction: out, back and rest. Above 0.
    seats : int
        Seats of one vehicle, 1 or more.

    Notes
    -----
    ``vehicles / cycle_days * seats``: Little's law with the vehicles as the stock.

    Examples
    --------
    >>> fleet_capacity(40, cycle_days=8, seats=36)
    180.0
    """
    check = Check("fleet_capacity")
    count = check.integer("vehicles", vehicles, low=0)
    days = check.positive("cycle_days", cycle_days, unit="days")
    places = check.integer("seats", seats, low=1)
    check.done()
    return count / days * places


def cycle_needed(vehicles: int, *, customers: float, seats: int) -> float:
    """Days in which each vehicle must be back and ready, so that the fleet carries all customers.

    Parameters
    ----------
    vehicles : int
        Vehicles in service, 0 or more.
    customers : float
        Customers a day in one direction, above 0.
    seats : int
        Seats of one vehicle, 1 or more.

    Notes
    -----
    ``vehicles * seats / customers``.

    Examples
    --------
    >>> cycle_needed(40, customers=240, seats=36)
    6.0
    """
    check = Check("cycle_needed")
    count = check.integer("vehicles", vehicles, low=0)
    wanted = check.positive("customers", customers)
    places = check.integer("seats", seats, low=1)
    check.done()
    return count * places / wanted

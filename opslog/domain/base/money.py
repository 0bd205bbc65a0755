"""Money is whole cents in code and file, and yuan to whoever types or reads it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MOST_CENTS = 10**15  # far from what 64 bits hold, and far above any budget


def cents_of(yuan: Decimal | float | str) -> int:
    """Whole cents, half a cent up: ``"12345.67"`` is 1,234,567."""
    return int((Decimal(str(yuan)) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def yuan_text(cents: int, thousands: str = ",") -> str:
    """``20,000`` or ``12,345.67``: decimals only where there are cents."""
    yuan, rest = divmod(cents, 100)
    whole = f"{yuan:,}".replace(",", thousands)
    return f"{whole}.{rest:02}" if rest else whole

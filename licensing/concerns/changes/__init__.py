"""What is done with concerns: raised (raising), answered by licensing (following) and by designated officers
(referring), and those about staff (staff). Other rooms are offered what stands here."""

from licensing.concerns.changes.referring import acknowledge_referral

__all__ = ["acknowledge_referral"]

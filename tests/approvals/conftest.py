"""What is written to approvers is read as the tests of mail read it."""

from mail.conftest import mailing, sent

__all__ = ["mailing", "sent"]

"""Mail: that something waits, and a link to it. Never what it is about.

    mail.send(user_id, MailKind.TASK_GIVEN, task_id=task_id)
    mail.send_link(user_id, LinkKind.PASSWORD_RESET)

Both ask for a job in the transaction of the change; a link's token is made when the mail is sent, and stands
nowhere but in it. With SMTP_URL mail goes to that server, else into the folder `mail` of the instance. What a
mail says is all in rules.py.
"""

from licensing.mail.changes import send, send_link
from licensing.mail.rules import LinkKind, MailKind

__all__ = ["LinkKind", "MailKind", "send", "send_link"]

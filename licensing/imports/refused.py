"""A file that cannot be imported."""


class FileRefused(Exception):
    """The whole file is refused; the message tells an officer what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

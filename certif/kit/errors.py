"""The two exceptions of our own. Everything else that is raised is either Werkzeug's or our fault."""


class Refusal(Exception):
    """A rule says no. Answered 409 with the sentence, and a way back.

    Takes: `sentence`, in the reader's language, saying what is wrong and what to do.
    """

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Unavailable(Exception):
    """The outside world is down. Answered 503 with `Retry-After`; nothing was lost.

    Takes: `sentence`, in the reader's language; `retry_after`, seconds.
    """

    def __init__(self, sentence: object, retry_after: int = 30) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.retry_after = retry_after

    def __str__(self) -> str:
        return str(self.sentence)

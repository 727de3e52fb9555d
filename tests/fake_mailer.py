"""A post of our own: it keeps what it is given, and says no where a test asks it to."""


class FakeMailer:
    def __init__(self):
        self.letters = []
        self.says_no = {}  # an address, or "*", and what is raised for it
        self.after = None  # raised once a letter is taken, as when a process is killed then

    def send(self, letter):
        refusal = self.says_no.get(letter.to) or self.says_no.get("*")
        if refusal:
            raise refusal
        self.letters.append(letter)
        if self.after:
            raise self.after

    def rest(self):
        self.rested = True

    @property
    def to(self):
        return [letter.to for letter in self.letters]


class Killed(BaseException):
    """What no code of ours catches, as kill -9 is caught by none."""

"""People at work while the site is being hurt: they play, answer, and ask for new passwords."""

import random
import threading
from dataclasses import dataclass, field

from tests.factories.people import PASSWORD
from tests.survival.browser import Answer, Browser, Fields, Form

# Nobody reads the pages here, but between two answers there is a moment to be killed in.
_THINKING_SECONDS = 0.08
_BETWEEN_REQUESTS_SECONDS = 0.7


@dataclass(frozen=True)
class Taken:
    """An answer that the server has acknowledged."""

    seq: int
    step: str
    fields: Fields


@dataclass
class Player:
    """An agent who plays calls and takes quizzes until told to stop, and finishes what is open."""

    email: str
    browser: Browser
    scenario: int
    quiz: int
    chance: random.Random
    taken: dict[str, list[Taken]] = field(default_factory=dict)
    sign_ins: int = 0

    @property
    def count(self) -> int:
        """How many answers were acknowledged so far."""
        return sum(map(len, self.taken.copy().values()))

    def play_until(self, stop: threading.Event) -> None:
        """Sign in, then play and answer in turn; each round ends with its result."""
        self.sign_in()
        while not stop.is_set():
            self._play_call(stop)
            self._take_quiz(stop)

    def sign_in(self) -> str:
        """Sign in through the form, and return the token that new forms carry."""
        self.sign_ins += 1
        address = "/accounts/login/"
        form = self.browser.open(address).form(address)
        if form:
            values = {"login": self.email, "password": PASSWORD, "csrfmiddlewaretoken": form.token}
            reply = self.browser.post(address, values)
            assert reply.location, reply
        page = self.browser.open(f"/activities/{self.quiz}/")
        return page.forms()[0].token

    def _play_call(self, stop: threading.Event) -> None:
        page = self._begin(self.scenario, {"mode": "practice"})
        while form := page.form("/reply/"):
            stop.wait(_THINKING_SECONDS)
            page = self._answer(form, [*form.hidden, *self._reply_to(form)])
        assert "/debrief/" in page.go_to, page
        assert self.browser.open(page.go_to).is_ok

    def _take_quiz(self, stop: threading.Event) -> None:
        page = self._begin(self.quiz, {})
        while "See my result" not in page.text:
            form = page.form("/answer/")
            assert form, page
            stop.wait(_THINKING_SECONDS)
            self._answer(form, [*form.hidden, *self._response_to(form)])
            page = self.browser.open(form.action.partition("quiz/")[0] + "quiz/")
        finish = page.form("/finish/")
        assert finish, page
        result = self.browser.post(finish.action, {"csrfmiddlewaretoken": finish.token})
        assert "/results/" in result.location, result
        assert self.browser.open(result.location).is_ok

    def _begin(self, activity: int, choice: dict[str, str]) -> Answer:
        address = f"/activities/{activity}/start/"
        form = self.browser.open(f"/activities/{activity}/").form(address)
        assert form, activity
        card = {"card": self.chance.choice(form.options["card"])} if "card" in form.options else {}
        values = {**choice, **card, "csrfmiddlewaretoken": form.token}
        began = self.browser.post(address, values)
        return self.browser.open(began.location)

    def _answer(self, form: Form, fields: Fields) -> Answer:
        reply = self.browser.keep_until_acknowledged(form, fields, sign_in=self.sign_in)
        named = dict(fields)
        attempt = form.queue.removeprefix("attempt-")
        step = named.get("moment") or named["item"]
        self.taken.setdefault(attempt, []).append(Taken(form.seq, step, fields))
        return reply

    def _reply_to(self, form: Form) -> Fields:
        if form.texts:
            return [(form.texts[0], f"I am listening, {self.chance.random()}.")]
        return [self.chance.choice(form.buttons)]

    def _response_to(self, form: Form) -> Fields:
        if form.texts:
            return [(form.texts[0], f"I would say this, {self.chance.random()}.")]
        boxes = [(name, self.chance.choice(values)) for name, values in form.boxes.items()]
        return boxes + self._one_of_each(form.options)

    def _one_of_each(self, options: dict[str, list[str]]) -> Fields:
        """Choose one option of each question, a different one for each where all are the same."""
        if {"best", "worst"} == set(options):
            best, worst = self.chance.sample(options["best"], 2)
            return [("best", best), ("worst", worst)]
        return [(name, self.chance.choice(values)) for name, values in options.items()]


@dataclass
class Forgetful:
    """Somebody who asks for a new password again and again, each time for another address."""

    browser: Browser
    asked_for: list[str] = field(default_factory=list)

    def ask_until(self, stop: threading.Event) -> None:
        """Ask, and note each address for which the site promised a mail."""
        address = "/accounts/password/reset/"
        while not stop.wait(_BETWEEN_REQUESTS_SECONDS):
            email = f"visitor-{len(self.asked_for)}@example.org"
            form = self.browser.open(address).form(address)
            assert form
            values = {"email": email, "csrfmiddlewaretoken": form.token}
            reply = self.browser.post(address, values)
            assert "/done/" in reply.location, reply
            self.asked_for.append(email)

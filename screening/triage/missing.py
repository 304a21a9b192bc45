"""What is missing from a contact, and whether an answer could change the suggested response.

Worked out when somebody asks, not while a contact arrives. Each answer is tried on a copy of the contact, through the
same way that made the suggestion. Because a declared risk that rises never lowers a response (design decision 3), the
most and the least cautious answer bound all others, and a group of answers that changes nothing together, each at its
most cautious, holds no single one that would: so the usual contact takes a few suggestions, not one for each value.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from screening.domain.contact import Contact
from screening.domain.household import Picture
from screening.domain.signals import Score
from screening.domain.suggestion import MissingAnswer, Response, Suggestion
from screening.triage.answers import with_answers
from screening.triage.questions import Question, questions_about

Suggest = Callable[[Contact, Picture], Suggestion]

STRONGEST = 5
"""Pairs are tried among so many answers, those that move the score most."""

_MOST, _LEAST = -1, 0
"""The ends of a question's answers."""

_FURTHEST = {_MOST: Response.ASSESSMENT, _LEAST: Response.NO_FURTHER_ACTION}
"""The response that nothing at that end can move."""


def missing_answers(
    contact: Contact, picture: Picture, suggestion: Suggestion, suggest: Suggest
) -> tuple[MissingAnswer, ...]:
    """Every missing answer that rules or score read; first those that could change the response, most cautious first.

    `suggestion` is what `suggest` gives for this contact and picture.
    """
    questions = questions_about(contact, picture)
    upward = _Search(contact, picture, suggestion, suggest, _MOST)
    downward = _Search(contact, picture, suggestion, suggest, _LEAST)
    alone = {*upward.alone(questions), *downward.alone(questions)}
    others = [question for question in questions if question.pointer not in alone]
    groups = [
        (group, search.suggested(group).response) for search in (upward, downward) for group in search.together(others)
    ]
    answers = []
    for question in questions:
        could_change = question.pointer in alone
        to = upward.furthest(question) if could_change else suggestion.response
        with_others, together_to = _first_group(question, groups)
        answers.append(MissingAnswer(question.pointer, question.text, could_change, to, with_others, together_to))
    return tuple(sorted(answers, key=_most_telling_first))


def _first_group(
    question: Question, groups: Sequence[tuple[Sequence[Question], Response]]
) -> tuple[tuple[str, ...], Response | None]:
    for group, response in groups:
        if question in group:
            return tuple(other.pointer for other in group if other is not question), response
    return (), None


def _most_telling_first(answer: MissingAnswer) -> tuple[bool, bool, int]:
    to = answer.to if answer.together_to is None else answer.together_to
    return not answer.could_change, not answer.together_with, -to.caution


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for answers that move one contact's response to one side. Remembers what it has tried."""

    contact: Contact
    picture: Picture
    suggestion: Suggestion
    suggest: Suggest
    end: int
    tried: dict[tuple[int, frozenset[str]], Suggestion] = field(default_factory=dict)

    def suggested(self, questions: Sequence[Question]) -> Suggestion:
        """What would be suggested were these questions answered at this end."""
        return self._with(questions, self.end)

    def furthest(self, question: Question) -> Response:
        """The most cautious response that an answer to this question alone leads to."""
        most = self._with([question], _MOST).response
        if question.ordered and most.caution >= self.suggestion.response.caution:
            return most
        responses = (self._with([question], answer).response for answer in _tries(question, _MOST))
        return max(responses, key=lambda response: response.caution)

    def alone(self, questions: Sequence[Question]) -> list[str]:
        """The pointers of those that move the response on their own."""
        if self.suggestion.response is _FURTHEST[self.end]:
            return []
        moving = self._among(_about_the_same([question for question in questions if question.ordered]))
        moving += [question for question in questions if not question.ordered and self._moves_alone(question)]
        return [question.pointer for question in moving]

    def _among(self, bundles: Sequence[Sequence[Question]]) -> list[Question]:
        """A group that moves nothing together holds no question that does; else each half is looked at."""
        if not self.moves([question for bundle in bundles for question in bundle]):
            return []
        if len(bundles) == 1:
            return [question for question in bundles[0] if self._moves_alone(question)]
        half = len(bundles) // 2
        return [*self._among(bundles[:half]), *self._among(bundles[half:])]

    def _moves_alone(self, question: Question) -> bool:
        tries = _tries(question, self.end)
        return any(self._is_beyond(self._with([question], answer).response) for answer in tries)

    def moves(self, questions: Sequence[Question]) -> bool:
        """Whether these answers together move the response to this side."""
        if not questions or self.suggestion.response is _FURTHEST[self.end]:
            return False
        return self._is_beyond(self.suggested(questions).response)

    def _is_beyond(self, response: Response) -> bool:
        now = self.suggestion.response.caution
        return response.caution > now if self.end == _MOST else response.caution < now

    def _with(self, questions: Sequence[Question], answer: int) -> Suggestion:
        key = (answer, frozenset(question.pointer for question in questions))
        if key not in self.tried:
            answered = with_answers(self.contact, [question.answers[answer] for question in questions])
            self.tried[key] = self.suggest(answered, self.picture)
        return self.tried[key]

    def together(self, questions: Sequence[Question]) -> list[tuple[Question, ...]]:
        """Of questions that move nothing alone: the pairs among the strongest that do, else the fewest that do."""
        if not self.moves(questions):
            return []
        ranked = self._strongest_first(questions)
        strongest = ranked[:STRONGEST]
        pairs: list[tuple[Question, ...]] = []
        if self.moves(strongest):
            pairs = [pair for pair in combinations(strongest, 2) if self.moves(pair)]
        return pairs or [self._fewest(ranked)]

    def _fewest(self, ranked: Sequence[Question]) -> tuple[Question, ...]:
        """The shortest beginning of the ranked questions that moves the response; all of them together do."""
        fewest = bisect_left(range(len(ranked) + 1), True, lo=1, key=lambda count: self.moves(ranked[:count]))
        return tuple(ranked[:fewest])

    def _strongest_first(self, questions: Sequence[Question]) -> list[Question]:
        """By how far each moves the score. Shares add up exactly, so one suggestion tells it of every question."""
        before, after = _shares(self.suggestion), _shares(self.suggested(questions))
        moved = {name: abs(after.get(name, 0.0) - before.get(name, 0.0)) for name in {*before, *after}}

        def strength(question: Question) -> float:
            return sum(moved.get(name, 0.0) for name in question.features)

        return sorted(questions, key=strength, reverse=True)


def _tries(question: Question, end: int) -> Sequence[int]:
    """The answers that bound all others, beginning with `end`."""
    if not question.ordered:
        return range(len(question.answers))
    return (end, _LEAST if end == _MOST else _MOST)


def _about_the_same(questions: Sequence[Question]) -> list[list[Question]]:
    """The questions, those about the same thing together.

    A yes to one of these settles a matter that a no leaves open while another is not answered, and what is settled may
    make closing possible. So only together do their least cautious answers bound what a single one could do.
    """
    bundles: dict[str, list[Question]] = {}
    for question in questions:
        about = question.features[-1] if question.features else question.pointer
        bundles.setdefault(about, []).append(question)
    return list(bundles.values())


def _shares(suggestion: Suggestion) -> dict[str, float]:
    if not isinstance(suggestion.score, Score):
        return {}
    return {factor.name: factor.contribution for factor in suggestion.score.factors}

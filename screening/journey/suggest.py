"""From a contact and its picture to a suggestion: facts, rules, score, combined.

Pure. Where something about the people is only possible, the suggestion is made a second time as if it were certain: a
possible match never counts, but no further action is not suggested where counting it would raise the suggestion.
"""

from dataclasses import dataclass

from screening.domain.contact import Contact
from screening.domain.fact_list import establish
from screening.domain.facts import Facts, Subject
from screening.domain.household import Picture
from screening.domain.signals import NoRulebook, RuleFindings, Score, Unscored
from screening.domain.suggestion import Suggestion
from screening.rules.evaluate import evaluate
from screening.rules.rulebook import Rulebook
from screening.triage.combine import combine, with_possible_matches
from screening.triage.model import Model
from screening.triage.notices import notices_about


@dataclass(frozen=True, slots=True)
class Signals:
    """The rulebook and the model in force; either may be missing, with the reason in words.

    `rulebook_refused` says why the rulebook that should be in force is not, where an earlier one stands in for it.
    """

    rulebook: Rulebook | NoRulebook
    model: Model | Unscored
    rulebook_refused: str = ""

    @property
    def model_digest(self) -> str:
        """The model's digest, '' where there is none."""
        return self.model.digest if isinstance(self.model, Model) else ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What rules and score say of one contact with this picture of its people, by these signals."""

    picture: Picture
    signals: Signals
    findings: RuleFindings | NoRulebook
    score: Score | Unscored

    def holds_for(self, picture: Picture, signals: Signals) -> bool:
        """Whether it would come out the same: facts are read of the history and the care register, of no match."""
        mine = self.picture
        return self.signals is signals and (mine.history, mine.register, mine.history_given) == (
            picture.history,
            picture.register,
            picture.history_given,
        )


def weigh(contact: Contact, picture: Picture, signals: Signals) -> Weighed:
    """Ask rules and score; a model that fails is said to have failed, a rulebook too."""
    facts, model = establish(contact, picture), signals.model
    findings = _findings(signals.rulebook, facts, Subject.of(contact, picture))
    return Weighed(picture, signals, findings, model if isinstance(model, Unscored) else model.score(facts))


def suggest(contact: Contact, picture: Picture, signals: Signals, beforehand: Weighed | None = None) -> Suggestion:
    """What to suggest for `contact`, given what is known about its people.

    `beforehand` is what `weigh` gave for the same contact; it is used where it holds for `picture`.
    """
    suggestion = _suggest_once(contact, picture, signals, beforehand)
    if not picture.has_possible:
        return suggestion
    return with_possible_matches(suggestion, _suggest_once(contact, picture.counting_possible(), signals))


def _findings(rulebook: Rulebook | NoRulebook, facts: Facts, subject: Subject) -> RuleFindings | NoRulebook:
    """What the rules say; a rule that fails never stops a contact: then there are no rules, and a person must look."""
    if isinstance(rulebook, NoRulebook):
        return rulebook
    try:
        return evaluate(rulebook, facts, subject)
    except Exception as fault:  # noqa: BLE001  whatever goes wrong in a rule, the contact goes on without the rules
        return NoRulebook(f"the safety rules failed ({type(fault).__name__})")


def _suggest_once(
    contact: Contact, picture: Picture, signals: Signals, beforehand: Weighed | None = None
) -> Suggestion:
    if beforehand is None or not beforehand.holds_for(picture, signals):
        beforehand = weigh(contact, picture, signals)
    thresholds = None if isinstance(signals.model, Unscored) else signals.model.thresholds
    return combine(beforehand.findings, beforehand.score, thresholds, notices_about(contact, picture))

"""The figures in words, the misses first. Every line says where the data are made up, since lines get copied."""

from collections.abc import Iterator

from training.judging.evaluation_file import Figures

MADE_UP = " [made-up data]"


def told(evaluation: Figures, *, made_up: bool) -> list[str]:
    """Every figure as a line."""
    return [line + (MADE_UP if made_up else "") for line in _lines(evaluation)]


def _lines(evaluation: Figures) -> Iterator[str]:
    missed, nfa, people = (evaluation[name] for name in ("missed_need_among_suggested_nfa", "suggested_nfa", "people"))
    yield f"Missed need among suggested NFA: {_share(missed)}; judged by {evaluation['judged_by']}"
    yield (
        f"  of these {missed['second_looks']} were closed and looked at again blind, "
        f"and {missed['in_need_at_second_look']} of them needed an assessment"
    )
    yield f"Suggested NFA: {nfa['n']} of {nfa['of']} contacts ({nfa['share']:.1%})"
    if nfa["of_what_people_closed"] is not None:
        yield f"  {nfa['of_what_people_closed']:.1%} of the {people['closed']} that people closed"
    yield f"People's own missed need among what they closed: {_share(people['missed_need_among_closed'])}"
    yield f"People closed {people['closed']} of {nfa['of']} contacts ({people['share_closed']:.1%})"
    yield f"Needed an assessment: {_share(evaluation['need'])}"
    for response, counts in evaluation["suggested_against_decided"].items():
        yield f"Suggested {response}, people decided: " + ", ".join(f"{code} {n}" for code, n in counts.items())
    for response, counts in evaluation["suggested_against_need"].items():
        yield f"Suggested {response}: " + ", ".join(f"{what} {n:.0f}" for what, n in counts.items())
    for name, area in evaluation["areas_under_curve"].items():
        yield (
            f"AUC for needing an assessment, {name}: {area['area']:.3f} ({area['lower']:.3f} to {area['upper']:.3f}; "
            f"{area['n']} looked at, {area['in_need']} in need)"
        )


def _share(share: Figures) -> str:
    lower, upper = share["interval"]
    between = f"{share['confidence']:.0%} interval {lower:.1%} to {upper:.1%}"
    return f"{share['in_need']:.0f} of {share['n']} ({share['share']:.1%}; {between})"

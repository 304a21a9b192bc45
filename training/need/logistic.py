"""Logistic regression of a few columns, with its spread, for soft labels: Newton's method, the same every time."""

from dataclasses import dataclass

import numpy as np

from training.history.rows import Floats

MOST_ROUNDS = 100
CLOSE_ENOUGH = 1e-10


class NotFitted(ValueError):
    """No finite coefficients fit: the columns say the same twice, or part the labels cleanly."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """`coefficients` (k,) in log-odds, and `spread` (k, k), the inverse of their information."""

    coefficients: Floats
    spread: Floats


def sigmoid(log_odds: Floats) -> Floats:
    """1 / (1 + exp(-log_odds)), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * log_odds))


def fit_logistic(X: Floats, y: Floats, *, ridge: float = 0.0) -> Logistic:
    """Fit X (n, k) to y (n,), each in [0, 1]. `ridge` pulls every coefficient but the first. Raises NotFitted."""
    pull = np.diag([0.0] + [ridge] * (X.shape[1] - 1))
    beta = np.zeros(X.shape[1])
    for _ in range(MOST_ROUNDS):
        p = sigmoid(X @ beta)
        information = X.T @ (X * (p * (1.0 - p))[:, None]) + pull
        try:
            spread: Floats = np.linalg.inv(information).astype(np.float64)
        except np.linalg.LinAlgError as fault:
            raise NotFitted("the columns say the same twice") from fault
        step = spread @ (X.T @ (y - p) - pull @ beta)
        # A long step from a flat place can overshoot; a bounded one cannot.
        beta += step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-300))
        if not np.isfinite(beta).all():
            break
        if np.abs(step).max() < CLOSE_ENOUGH:
            return Logistic(beta, spread)
    raise NotFitted("no finite coefficients fit")

"""Who may do what (contact contract, Who may do what). The one table; doors and acts ask it."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A person's role. An account has one."""

    WORKER = "worker"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a role may do."""

    SEE_CONTACTS = "see_contacts"
    DECIDE = "decide"
    SIGN_OFF = "sign_off"
    SEE_REFUSED_DELIVERIES = "see_refused_deliveries"
    DEAL_WITH_REFUSED_DELIVERIES = "deal_with_refused_deliveries"
    REVIEW_LOG = "review_log"
    ADMINISTER = "administer"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset({Permission.SEE_CONTACTS, Permission.DECIDE}),
    Role.MANAGER: frozenset(
        {
            Permission.SEE_CONTACTS,
            Permission.DECIDE,
            Permission.SIGN_OFF,
            Permission.SEE_REFUSED_DELIVERIES,
            Permission.DEAL_WITH_REFUSED_DELIVERIES,
            Permission.REVIEW_LOG,
        }
    ),
    Role.REVIEWER: frozenset({Permission.SEE_CONTACTS, Permission.REVIEW_LOG}),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in. `account_id` is the opaque pseudonym that the log names."""

    account_id: str
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether this person's role grants `permission`."""
        return permission in GRANTS[self.role]


@dataclass(frozen=True, slots=True)
class Sender:
    """A police system that holds a key, and the forces it may send for."""

    sender_id: str
    name: str
    forces: frozenset[str]

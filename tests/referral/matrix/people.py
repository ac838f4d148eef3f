"""A world in which everybody has words of their own, so that one's passphrase says nothing of another's."""

from dataclasses import dataclass, replace
from uuid import UUID

from referral import session_scope
from referral.ceremony import FirstPerson, NewOrganisation, create_organisation
from referral.enums import StaffRole
from referral.service.recovery import NewWords, recover_with_code
from referral.service.signing_in import sign_in
from referral.service.staff import SignedIn, add_staff
from tests.referral.conftest import QUICK, RECOVERY, World


def words_of(login: str) -> str:
    """Return somebody's passphrase."""
    return f"{login}-words"


def paper_of(login: str) -> str:
    """Return somebody's recovery code."""
    return f"{login}-paper"


@dataclass
class OwnWords(World):
    """The world of the other tests, with other words."""

    @classmethod
    def of(cls, world: World) -> "OwnWords":
        """Give the two intake workers of a fresh world their own words."""
        made = cls(**world.__dict__)
        for login in ("leyla", "samir"):
            new = NewWords(words_of(login), paper_of(login), QUICK)
            with session_scope(made.engine) as session:
                assert recover_with_code(session, login=login, recovery_code=RECOVERY, new=new)
        return made

    def hire(self, login: str, role: StaffRole, organisation: NewOrganisation | None = None) -> UUID:
        """Add a member of staff."""
        at = organisation or self.own
        with session_scope(self.engine) as session:
            return add_staff(
                session,
                organisation_id=at.organisation_id,
                login=login,
                role=role,
                passphrase=words_of(login),
                recovery_code=paper_of(login),
                profile=QUICK,
                organisation_key=(1, at.private_key),
            )

    def partner(self, login: str = "nigar", name: str = "Partner") -> NewOrganisation:
        """Make a second organisation with its own intake worker."""
        first = FirstPerson(login, words_of(login), paper_of(login))
        with session_scope(self.engine) as session:
            return create_organisation(
                session, data_dir=self.data_dir, name=name, demo=True, first=first, profile=QUICK
            )

    def signed_in(self, login: str = "leyla") -> SignedIn:
        """Return a member of staff whose key is open."""
        with session_scope(self.engine) as session:
            found = sign_in(session, login=login, passphrase=words_of(login))
        assert found is not None
        return replace(found, trust=self.trust)

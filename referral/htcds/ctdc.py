"""A row as the Counter-Trafficking Data Collaborative's k-anonymised file has it: no text, no place but a country.

Column names are those of its file of 2021. A row alone is not anonymous: CTDC publishes only rows that look like at
least ten others. It needs the person's own yes to the use of information that does not identify them.
"""

import datetime as dt
from types import MappingProxyType

from referral.htcds.case import HtcdsCase, Record
from referral.htcds.errors import ExportRefused

Row = dict[str, str | int | None]
VICTIMS = ("PossibleVictimOfTrafficking", "ActualVictimOfTrafficking")
AGES = ((9, "0--8"), (18, "9--17"), (21, "18--20"), (24, "21--23"), (27, "24--26"), (30, "27--29"), (39, "30--38"))
OLDER = ((48, "39--47"), (10_000, "48+"))
GENDERS = {"Feminine": "Female", "Masculine": "Male"}  # of the others there are too few to hide among
CONTROL = MappingProxyType(
    {
        "DebtBondage": ("DebtBondage",),
        "TakesEarnings": ("TakesEarnings",),
        "RestrictsFinancialAccess": ("RestrictsFinancialAccess",),
        "Threats": ("PhysicalThreats", "ThreatensChildrenFamily"),
        "PsychologicalAbuse": ("PsychologicalAbuse",),
        "PhysicalAbuse": ("PhysicalAbuse",),
        "SexualAbuse": ("SexualAbuse",),
        "FalsePromises": ("FalsePromises",),
        "PsychoactiveSubstances": ("PsychoactiveSubstance",),
        "RestrictsMedicalCare": ("RestrictsMedicalCare",),
        "ExcessiveWorkingHours": ("ExcessiveWorkingHours",),
        "ThreatOfLawEnforcement": ("ThreatsLawEnforcement",),
        "WithholdsNecessities": ("WithholdsNecessities",),
        "WithholdsDocuments": ("WithholdsDocuments",),
    }
)
OWN_CONTROL = {"RestrictsMovement": "x_RestrictsMovement", "UsesChildren": "x_UsesChildren"}
EXPLOITATION = MappingProxyType(
    {
        "isForcedLabour": ("ForcedLabour",),
        "isSexualExploit": ("SexualExploitation",),
        "isForcedMarriage": ("ForcedMarriage",),
        "isForcedMilitary": ("ForcedMilitaryByNonStateActors",),
        "isOrganRemoval": ("OrganRemoval",),
        "isSlaveryAndPractices": ("Servitude",),
        "isOtherExploit": ("ChildLabour", "ForcedBegging", "ForcedAdoption", "Surrogacy", "Other"),
    }
)
LABOUR = MappingProxyType(
    {
        "A": "Agriculture",
        "B": "MiningOrDrilling",
        "C": "Manufacturing",
        "F": "Construction",
        "H": "Transportation",
        "I": "Hospitality",
        "T": "DomesticWork",
    }
)
SEX = ("Prostitution", "Pornography", "RemoteInteractiveServices", "PrivateSexualServices")
NO_SOURCE = MappingProxyType(
    {
        "Datasource": "the sender's kind of service; one word for a whole file",
        "majorityEntry": "the age at the beginning of the journey is not in the standard",
        "isAbduction": "no code",
        "RecruiterRelationship, recruiterRelation*": (
            "the standard has the relation to the trafficker (family, known, unknown), not to the recruiter"
        ),
        "typeOfLabourAquafarming": "one ISIC section with agriculture",
        "typeOfLabourBegging, …IllicitActivities, …Peddling": "not an industry of ISIC",
        "*Concatenated": "repeats other columns; the combination of all is what identifies somebody",
        "traffickMonths (synthetic file)": "how long it lasted is not in the standard",
    }
)


def to_ctdc(case: HtcdsCase) -> Row:
    """Return a case's row: 1, 0, or None for not known; raise `ExportRefused` when it is not about trafficking."""
    if case.victim.text("vic_TraffickingStatus") not in VICTIMS:
        raise ExportRefused("vic_TraffickingStatus: CTDC takes only possible or actual victims of trafficking.")
    registered = _registered(case)
    citizenship = case.person.codes("prs_Citizenship")
    return {
        "yearOfRegistration": registered.year if registered else None,
        "gender": GENDERS.get(case.person.text("prs_Gender")),
        **_age(case, registered),
        "citizenship": citizenship[0] if len(citizenship) == 1 else None,
        **_control(case.victim),
        **_exploitation(case.victim),
        **_labour(case.victim),
        **_sex(case.victim),
        "CountryOfExploitation": _country(case),
    }


def _registered(case: HtcdsCase) -> dt.date | None:
    days = [record.get("cas_IncomingReferralDate") for record in case.referrals]
    return next((day for day in days if isinstance(day, dt.date)), None)


def _age(case: HtcdsCase, registered: dt.date | None) -> Row:
    """Return the age as far as its band fits one of CTDC's: of ours only the last does."""
    born, band = case.person.get("prs_Birthdate"), case.person.text("x_AgeBand")
    years: int | None = None
    if isinstance(born, dt.date) and registered and born <= registered:
        years = registered.year - born.year - ((registered.month, registered.day) < (born.month, born.day))
    broad = "48+" if band == "From60" else None
    minor = {"": None}.get(band, "Minor" if band == "Under18" else "Adult")
    if years is not None:
        broad = next(name for under, name in (*AGES, *OLDER) if years < under)
        minor = "Minor" if years < 18 else "Adult"
    then = case.victim.get("vic_AgeWhenTrafficked")
    at_exploit = ("Minor" if then < 18 else "Adult") if isinstance(then, int) else None
    return {"ageBroad": broad, "majorityStatus": minor, "majorityStatusAtExploit": at_exploit}


def _control(victim: Record) -> Row:
    codes = victim.codes("vic_MethodsOfControl")
    told = bool(codes)
    found: Row = {name: _flag(codes, sources) if told else None for name, sources in CONTROL.items()}
    own = {name: victim.get(field) for name, field in OWN_CONTROL.items()}
    found |= {name: None if value is None else int(value is True) for name, value in own.items()}
    # `Other` may be there only because the standard has no code for these two.
    found["Other"] = None if not told or True in own.values() else _flag(codes, ("Other",))
    found["NotSpecified"] = int(not told)
    return {f"meansOfControl{name}": value for name, value in found.items()}


def _exploitation(victim: Record) -> Row:
    codes = victim.codes("vic_TypeOfExploitation")
    found: Row = {name: _flag(codes, sources) if codes else None for name, sources in EXPLOITATION.items()}
    both = {"ForcedLabour", "SexualExploitation"} <= set(codes)
    return found | {"isSexAndLabour": int(both) if codes else None}


def _labour(victim: Record) -> Row:
    names = [*LABOUR.values(), "Other", "NotSpecified"]
    forced = "ForcedLabour" in victim.codes("vic_TypeOfExploitation")
    industry = victim.text("vic_ForcedLabourIndustry")
    if not (industry or forced):
        return {f"typeOfLabour{name}": None for name in names}
    kind = LABOUR.get(industry[:1], "Other") if industry else "NotSpecified"
    return {f"typeOfLabour{name}": int(name == kind) for name in names}


def _sex(victim: Record) -> Row:
    codes = victim.codes("vic_TypeOfSexExploitation")
    return {f"typeOfSex{name}": _flag(codes, (name,)) if codes else None for name in SEX}


def _country(case: HtcdsCase) -> str | None:
    name = case.victim.text("vic_LocationOfExploitation")
    return case.organisations[name].text("org_ShippingCountry") or None if name else None


def _flag(codes: tuple[str, ...], sources: tuple[str, ...]) -> int:
    return int(any(source in codes for source in sources))

"""From which age a young person decides alone about such data (GDPR Article 8), by country."""

from datetime import date

# As listed by the European Commission's staff in 2020, two years into the GDPR. Countries
# change their laws: compare with the current one before relying on a line.
AS_OF = date(2020, 6, 24)
UNKNOWN = 16
AGES = {
    **dict.fromkeys(("BE", "DK", "EE", "FI", "LV", "MT", "PT", "SE"), 13),
    **dict.fromkeys(("AT", "BG", "CY", "ES", "IT", "LT"), 14),
    **dict.fromkeys(("CZ", "FR", "GR", "SI"), 15),
    **dict.fromkeys(("HR", "DE", "HU", "IE", "LU", "NL", "PL", "RO", "SK"), 16),
}


def age_of_consent(country: str) -> int:
    """The age in years for an ISO 3166 code; 16, the highest there is, for any other."""
    return AGES.get(country.upper(), UNKNOWN)


def age_on(birthday: date, day: date) -> int:
    """Whole years lived on `day`. Born on 29 February, in other years: a year older on 1 March."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))

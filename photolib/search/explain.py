"""How a question was understood, in the words of the person who asked."""

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from photolib.search.known import Known
from photolib.search.question import Clause, Group, Sort, Span, Weekday, When, Yearly


def explained(group: Group, known: Known, language: str) -> str:
    """One group of a question as a phrase: "Anna, or Bert"; "not the word “dog”"."""
    phrases = [_phrase(clause, known, language) for clause in group]
    phrases = list(dict.fromkeys(phrases))
    said = phrases[0] if len(phrases) == 1 else format_list(phrases, "or", locale=language)
    return _("without: %(what)s") % {"what": said} if group[0].without else said


def _phrase(clause: Clause, known: Known, language: str) -> str:
    names = {"what": clause.typed}
    match clause.sort:
        case Sort.WHEN:
            said = [_when(clause, language), *_called(clause, known, whole=True)]
            return format_list(said, "or", locale=language)
        case Sort.COUNT:
            return _count(clause.number)
        case Sort.PERSON:
            return _people([person.name for person in known.people_called(clause.words)], language)
        case Sort.ALBUM:
            titles = [album.name for album in known.albums_called(clause.words)]
            return _albums(titles, language)
        case Sort.PLACE:
            return _("taken at “%(what)s”") % names
        case Sort.TEXT:
            return _("“%(what)s” in a description or in the picture's own writing") % names
        case Sort.PHRASE:
            said = [_("exactly “%(what)s”") % names, *_called(clause, known, whole=True)]
            return format_list(said, "or", locale=language)
    called = _called(clause, known, whole=False)
    said = called or [_("the word “%(what)s”") % names]
    return format_list(said, "or", locale=language)


def _called(clause: Clause, known: Known, *, whole: bool) -> list[str]:
    """The people and albums that these words may stand for."""
    if not clause.words:
        return []
    people = [person.name for person in known.people_called(clause.words, whole=whole)]
    titles = [album.name for album in known.albums_called(clause.words, whole=whole)]
    said = [_people(people, language="")] if people else []
    return [*said, *([_albums(titles, language="")] if titles else [])]


def _people(names: list[str], language: str) -> str:
    return _("with %(names)s") % {"names": _listed(names, language)}


def _albums(titles: list[str], language: str) -> str:
    return _("in the album %(titles)s") % {"titles": _listed(titles, language)}


def _listed(names: list[str], language: str) -> str:
    unique = list(dict.fromkeys(names))
    return format_list(unique, "or", locale=language) if language else " / ".join(unique)


def _count(number: int) -> str:
    if number == 0:
        return _("nobody in the picture")
    return ngettext(
        "%(count)d person in the picture", "%(count)d people in the picture", number
    ) % {"count": number}


def _when(clause: Clause, language: str) -> str:
    when: When | None = clause.when
    match when:
        case Weekday(number):
            names = Locale(language).days["format"]["wide"]
            return _("taken on a %(weekday)s") % {"weekday": names[number - 1]}
        case Yearly(ranges):
            return _yearly(ranges, language)
        case Span(first, last):
            return _span(first, last, language)
    return clause.typed


def _yearly(ranges: tuple[tuple[tuple[int, int], tuple[int, int]], ...], language: str) -> str:
    (month, day), last = ranges[0]
    if (month, day) == last:
        # 2024: a year that has every day.
        said = format_date(date(2024, month, day), "d MMMM", locale=language)
        return _("taken on %(day)s of any year") % {"day": said}
    names = Locale(language).months["stand-alone"]["wide"]
    months = [names[first[0]] for first, _last in ranges]
    return _("taken in %(months)s of any year") % {
        "months": format_list(months, "or", locale=language)
    }


def _span(first: date | None, last: date | None, language: str) -> str:
    if first is None and last is not None:
        return _("taken until %(day)s") % {"day": _day(last, language)}
    if last is None and first is not None:
        return _("taken since %(day)s") % {"day": _day(first, language)}
    if first is None or last is None:
        return ""
    if first == last:
        return _("taken on %(day)s") % {"day": _day(first, language)}
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _whole_months(first, last, language)
    # Apart from months and years: other languages set an article before days.
    return pgettext("two days", "taken from %(first)s to %(last)s") % {
        "first": _day(first, language),
        "last": _day(last, language),
    }


def _whole_months(first: date, last: date, language: str) -> str:
    years = first.month == 1 and last.month == 12
    pattern = "y" if years else "MMMM y"
    low = format_date(first, pattern, locale=language)
    high = format_date(last, pattern, locale=language)
    if low == high:
        return _("taken in %(time)s") % {"time": low}
    return _("taken from %(first)s to %(last)s") % {"first": low, "last": high}


def _day(day: date, language: str) -> str:
    return format_date(day, "d MMMM y", locale=language)

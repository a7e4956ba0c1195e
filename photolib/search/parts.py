"""What each part of a question means for one viewer: words of the index, names, albums, dates."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import connection

from photolib.core.sql import NEVER, Sql, chained, joined, marks
from photolib.search import index
from photolib.search.fragment import Tested, counted, in_common, in_memory
from photolib.search.known import Known, Named
from photolib.search.question import Clause, Sort, Span
from photolib.search.times import photos_taken, taken

# A part of no more rows than that is read to its end: then the newest photos are known without a walk.
FEW = 2000
# How far it is counted which of several common parts is the rarest, and how far a list is read that has to
# be freed of photos named twice before the first can be tested.
COUNTED = 10_000

Test = Callable[[Tested], Sql]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question, as the database is asked.

    test: the condition on one photo.
    rows: a SELECT of the keys (photo_id) of all photos of which it holds, whoever may see them, for a search
        to begin with; None where there is no such list.
    size: how many rows these are, or somewhat more, at most COUNTED + 1; 0 only where it holds of no photo.
    long: photos are so often in the list that it may be many times as long as the library.
    brief: however long it is, it can be kept in memory.
    once: each photo is in the list once.
    dated: its test looks at the photo's date.
    left: what is to be tested of these rows all the same; None where it holds of each for certain.
    ordered: lists that an index gives in the order of keys; the photos of which it holds are in each of them.
    """

    test: Test
    rows: Sql | None = None
    size: int = COUNTED + 1
    long: bool = False
    brief: bool = False
    once: bool = False
    dated: bool = False
    left: Test | None = None
    ordered: tuple[Sql, ...] = ()


def part_of(clause: Clause, known: Known) -> Part:
    """The part that a clause is for this viewer."""
    match clause.sort:
        case Sort.WHEN:
            return either_of([_when(clause), *_named(clause, known, whole=True)])
        case Sort.COUNT:
            return _word(index.count_word(clause.number), sources=index.COUNTS, whole=True)
        case Sort.PERSON:
            return _people(known.people_called(clause.words), known)
        case Sort.ALBUM:
            return _albums(known.albums_called(clause.words))
        case Sort.PLACE:
            return _words(clause.words, index.PLACES)
        case Sort.TEXT:
            return _words(clause.words, index.TEXTS)
        case Sort.PHRASE:
            return either_of([_words(clause.words, ()), *_named(clause, known, whole=True)])
    return either_of([_word(clause.words[0]), *_named(clause, known, whole=False)])


def exactly(word: str, known: Known) -> list[Part]:
    """All that this whole word may stand for: itself, people and albums called so."""
    return [_word(word, whole=True), *_called((word,), known, whole=True)]


def either_of(parts: list[Part]) -> Part:
    """One part that holds where one of these holds."""
    # What holds of no photo at all needs no look at each.
    telling = [part for part in parts if part.size]
    if len(telling) < 2:
        return (telling or parts)[0]
    # Each by itself, for some have an order and an end of their own.
    frame = "SELECT u.photo_id FROM ({}) u"
    rows = [part.rows.within(frame) for part in telling if part.rows is not None]

    def test(at: Tested) -> Sql:
        return joined([part.test(at) for part in telling], " OR ")

    return Part(
        test,
        rows=chained(rows, " UNION ALL ") if len(rows) == len(telling) else None,
        size=min(sum(part.size for part in telling), COUNTED + 1),
        long=True,
        brief=all(part.brief for part in telling),
        dated=any(part.dated for part in telling),
        left=None if all(part.left is None for part in telling) else test,
    )


def _named(clause: Clause, known: Known, *, whole: bool) -> list[Part]:
    """The people and albums called so."""
    return _called(clause.words, known, whole=whole) if clause.words else []


def _called(words: tuple[str, ...], known: Known, *, whole: bool) -> list[Part]:
    parts = []
    if people := known.people_called(words, whole=whole):
        parts.append(_people(people, known))
    if albums := known.albums_called(words, whole=whole):
        parts.append(_albums(albums))
    return parts


def _words(words: tuple[str, ...], sources: tuple[str, ...]) -> Part:
    """Words one after the other; one word alone is that whole word, or a beginning in a field."""
    if len(words) == 1:
        return _word(words[0], sources=sources, whole=not sources)
    parts = [_word(word, sources=sources, whole=True) for word in words]
    rarest = min(parts, key=lambda part: part.size)
    # To look into a text costs more than to go along the other words' photos.
    ordered = tuple(rows for part in parts for rows in part.ordered)
    merged = connection.vendor == "sqlite" and len(ordered) == len(parts)

    def test(at: Tested) -> Sql:
        phrase = index.has_phrase(words, sources, at)
        if at.one_by_one or connection.vendor == "sqlite":
            return phrase
        # PostgreSQL goes along the words' lists first where that leaves few texts to look into.
        return joined([*(part.test(at) for part in parts if part is not rarest), phrase], " AND ")

    return Part(
        test,
        rows=in_common(list(ordered)) if merged else rarest.rows,
        size=rarest.size,
        long=rarest.long,
        left=test,
        ordered=ordered,
    )


def _word(word: str, *, sources: tuple[str, ...] = (), whole: bool = False) -> Part:
    every = index.rows_of(word, whole=whole)
    if every is None:
        return _nothing()
    rows = index.of_sources(every, word, sources)
    # Counted are the rows of all sources: for those of one, each row would have to be fetched.
    to_count = index.photos_of(every)
    return Part(
        lambda at: index.has_word(rows, at),
        rows=index.photos_of(rows),
        size=counted(to_count, COUNTED),
        long=not rows.is_one,
        ordered=(to_count,) if every.is_one else (),
    )


def _people(people: list[Named], known: Known) -> Part:
    keys = marks(person.pk for person in people)
    # Counted are the rows of these people: who may know of which takes longer to find out.
    if connection.vendor == "postgresql":
        # Each by itself, in the order of the index; of several at once it reads everybody's.
        one = "SELECT photo_id FROM people_appearance WHERE person_id = %s"
        rows = chained([Sql(one, (person.pk,)) for person in people], " UNION ALL ")
    else:
        rows = keys.within(
            "SELECT photo_id FROM people_appearance INDEXED BY photos_of_a_person WHERE person_id IN {}"
        )
    size = counted(rows, COUNTED) if people else 0
    seen = known.appearances_of(people) if size else None
    if seen is None:
        return _nothing()
    if connection.vendor == "postgresql":
        return _people_listed_first(rows, seen, size=size, alone=len(people) == 1)
    part = _listed(seen.within("SELECT s.photo_id FROM ({}) s"), ordered=rows, size=size)

    # By itself SQLite looks for each person of the house. So it begins with the photo's own rows, which the
    # plus keeps it to; what the viewer may know of these it finds by their keys.
    def test(at: Tested) -> Sql:
        those = chained(
            [
                seen.within("people_appearance a CROSS JOIN ({}) s WHERE s.pk = a.id"),
                Sql(f"a.photo_id = {at.key}"),
                keys.within("+a.person_id IN {}"),
            ],
            " AND ",
        )
        return at.among(those)

    return replace(part, test=test)


def _people_listed_first(rows: Sql, seen: Sql, *, size: int, alone: bool) -> Part:
    """For PostgreSQL: their photos from the index alone, `rows`, which of one person it joins as quickly as
    those of a word; which of these the viewer may know of is asked photo by photo, of those that are left."""

    def may_know(at: Tested) -> Sql:
        return at.among(seen.within(f"({{}}) s WHERE s.photo_id = {at.seen}"), alone=True)

    def test(at: Tested) -> Sql:
        if at.one_by_one:
            return may_know(at)
        joins = at.among(rows.within(f"({{}}) r WHERE r.photo_id = {at.key}"))
        listed = joins if alone else in_memory(at.key, rows)
        return joined([listed, may_know(at)], " AND ")

    return Part(test, rows=rows, size=size, brief=True, left=may_know, ordered=(rows,))


def _albums(albums: list[Named]) -> Part:
    if not albums:
        return _nothing()
    keys = marks(album.pk for album in albums)
    rows = keys.within("SELECT photo_id FROM library_albumphoto WHERE album_id IN {}")
    return _listed(rows, ordered=rows, size=counted(rows, COUNTED))


def _listed(photos: Sql, *, ordered: Sql, size: int) -> Part:
    """The part that holds of these photos (photo_id), which are among those of `ordered`."""
    return Part(
        lambda at: at.among(joined([photos, Sql(at.key)], " s WHERE s.photo_id = ")),
        rows=photos,
        size=size,
        ordered=(ordered,),
    )


def _when(clause: Clause) -> Part:
    when = clause.when or Span(None, None)
    rows = photos_taken(when)
    # Months and seasons are never few in a library where it matters: they are not counted.
    size = counted(rows, COUNTED) if rows and isinstance(when, Span) else COUNTED + 1
    return Part(lambda at: taken(when, at.photo), rows=rows, size=size, once=True, dated=True)


def _nothing() -> Part:
    return Part(lambda _at: NEVER, size=0)

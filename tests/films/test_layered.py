"""What the layers of a catalog say of a film, and what an upper one has to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.films.film import Credit, Film, Prose, Release
from tui.films.layered import differing, merged

DATES = st.sampled_from([None, "2026-01-07", "2026-01-08", "2026-01"])
TEXTS = st.sampled_from([None, "a", "b"])
RELEASES = st.lists(
    st.builds(
        Release,
        date=DATES,
        type=st.sampled_from(["theatrical", "digital"]),
        region=st.sampled_from(["ID", "US"]),
        status=st.sampled_from(["confirmed", "tentative"]),
        source=TEXTS,
    ),
    max_size=3,
).map(tuple)
FILMS = st.builds(
    Film,
    id=st.just("x"),
    title=st.sampled_from(["", "X", "Y"]),
    releases=RELEASES,
    genres=st.sampled_from([(), ("drama",), ("horror",)]),
    runtime=st.sampled_from([None, 90, 100]),
    cast=st.sampled_from([(), (Credit(name="A"),), (Credit(name="A", role="R"),)]),
    synopsis=st.sampled_from([None, Prose(plain="p"), Prose(id="i"), Prose(en="e"), Prose(id="i", en="f")]),
    links=st.sampled_from([{}, {"trailer": "https://a.example"}, {"site": "https://b.example"}]),
)


@given(FILMS, FILMS)
def test_what_differs_over_the_lower_film_is_the_whole(upper: Film, lower: Film) -> None:
    whole = merged("x", [upper, lower])
    less = differing(whole, lower)
    assert merged("x", [less, lower]) == whole
    assert differing(whole, lower, less) == less
    assert differing(lower, lower) == Film(id="x")


@given(FILMS, FILMS)
def test_what_is_said_already_stays(upper: Film, lower: Film) -> None:
    assert differing(merged("x", [upper, lower]), lower, upper) == upper


def test_what_makes_a_film_hidden_is_no_field_of_it() -> None:
    lower, upper = Film(id="x", title="X", hidden=True), Film(id="x", hidden=False)
    assert merged("x", [lower]).hidden
    assert merged("x", [upper, lower]) == Film(id="x", title="X")
    assert differing(Film(id="x", title="Y"), lower, upper) == Film(id="x", title="Y", hidden=False)


@given(st.lists(FILMS, min_size=2, max_size=4))
def test_layers_make_one_film_in_any_grouping(said: list[Film]) -> None:
    """Of releases only where each is dated: what is said of a date goes with the date of its own layer. Of synopses only
    where each tells its language: one that does not hides those below it, until one that does lies over it.
    """
    alone = [
        Film(
            **{
                name: getattr(film, name)
                for name in film.__struct_fields__
                if name != "releases" and not (name == "synopsis" and film.synopsis and film.synopsis.plain)
            }
        )
        for film in said
    ]
    assert merged("x", alone) == merged("x", [alone[0], merged("x", alone[1:])])
    assert merged("x", [said[0]]) == said[0]

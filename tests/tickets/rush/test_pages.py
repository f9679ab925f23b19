"""Forms are read as a browser would send them."""

from tickets.rush.pages import forms_of

PAGE = """
<form action="/search"><input name="q" value="x"></form>
<form method="post" action="/office/" novalidate>
  <input type="hidden" name="csrf" value="a&amp;b">
  <input type="radio" name="day" value="1" required disabled>
  <input type="radio" name="day" value="2" checked> <input type="radio" name="day" value="3">
  <input type="checkbox" name="terms" value="v1">
  <input name="name"><input type="submit" name="go" value="x">
  <select name="places" id="p"><option value="1">1</option><option value="2" selected>2</option></select>
  <select name="other"><option value="x">X</option><option value="y">Y</option></select>
</form>
<form method="post"><input name="only" value="1"></form>
"""


def test_what_a_browser_would_send():
    office, other = forms_of(PAGE)

    assert (office.action, other.action) == ("/office/", "")
    assert office.values == {"csrf": ["a&b"], "day": ["2"], "name": [""], "places": ["2"], "other": ["x"]}
    assert office.choices == {"day": ["2", "3"], "terms": ["v1"], "places": ["1", "2"], "other": ["x", "y"]}
    assert other.pairs() == [("only", "1")]


def test_what_is_typed_takes_the_place_of_what_stood_there():
    office, _ = forms_of(PAGE)
    office.fill(name="Zoé", day="3", terms="v1")

    assert ("name", "Zoé") in office.pairs()
    assert [value for name, value in office.pairs() if name == "day"] == ["3"]

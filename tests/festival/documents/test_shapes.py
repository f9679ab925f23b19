import base64
import re
from xml.etree import ElementTree as ET

import pytest

from festival.documents.shapes import garland_address, shape_address
from festival.models import Section


def picture(address):
    kind, _, data = address.partition(";base64,")
    assert kind == "data:image/svg+xml"
    return base64.b64decode(data).decode()


@pytest.mark.parametrize("shape", Section.Shape.values)
def test_every_shape_is_a_picture_in_its_colour(shape):
    drawn = ET.fromstring(picture(shape_address(shape, "#1d5c63")))

    assert (drawn.tag, drawn.get("fill")) == ("{http://www.w3.org/2000/svg}svg", "#1d5c63")
    assert list(drawn) != []


def test_the_garland_hangs_each_part_in_its_order():
    drawn = ET.fromstring(picture(garland_address([("star", "#112233"), ("wave", "#445566")])))

    assert [part.get("fill") for part in drawn] == ["#112233", "#445566"]
    places = [re.match(r"translate\((\d+) 0\)", part.get("transform"))[1] for part in drawn]
    assert places == ["2", "24"]


def test_a_long_garland_ends_at_the_edge_of_the_page():
    drawn = ET.fromstring(picture(garland_address([("circle", "#112233")] * 20)))

    assert len(drawn) == 8


def test_a_week_without_parts_has_an_empty_string():
    assert len(ET.fromstring(picture(garland_address([])))) == 0

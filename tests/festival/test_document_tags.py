"""What documents on paper show by tags: the language of a name, and the shape of a part of the week."""

import base64

import pytest
from django.template import Context, Template


def rendered(source, **context):
    return Template("{% load document_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("たけし 北野", "ja"),
        ("박서연", "ko"),
        ("ㄔㄣˊ 美玲", "zh-Hant"),
        ("陳美玲", "zh"),
        ("Zoé Dupont", ""),
        ("अनन्या", ""),
    ],
)
def test_a_name_of_east_asia_is_read_in_its_language(name, language):
    assert rendered("{{ name|script_language }}", name=name) == language


def test_a_shape_is_a_picture_inside_the_style():
    address = rendered("{% shape_address 'star' '#131730' %}")

    kind, _, content = address.partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert b'fill="#131730"' in base64.b64decode(content)

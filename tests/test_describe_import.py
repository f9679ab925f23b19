"""The reference of an imported file is what the models say today."""

from docs import describe_import
from program.importing.programme_file import ProgrammeFile


def test_the_page_is_up_to_date():
    assert describe_import.PAGE.read_text() == describe_import.page(), "run `make import-page`"


def test_every_key_of_every_object_is_on_it():
    schema, text = ProgrammeFile.model_json_schema(), describe_import.page()

    keys = {key for part in (schema, *schema["$defs"].values()) for key in part["properties"]}
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []
    assert "| **`from`** | a time of day. |" in text

"""StreamField blocks of every page body.

A block holds what an editor types. What has to be looked up for a page (news, days, partners) is read by a template tag
of the app that owns it; a block asks the database only for what its form offers. Block names are data: never rename
one.
"""

from festival.blocks.body import BodyBlock, BodyField
from festival.blocks.links import HeadingBlock, LinkBlock, SectionBlock, section_choices

__all__ = ["BodyBlock", "BodyField", "HeadingBlock", "LinkBlock", "SectionBlock", "section_choices"]

"""Reads: what the count needs, what jurors, the chair and the public see."""

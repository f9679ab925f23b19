"""StreamField blocks that this app offers to every page."""

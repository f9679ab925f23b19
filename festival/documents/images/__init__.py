"""Pictures that the site draws itself: icons, and the cards that other sites show of its pages."""

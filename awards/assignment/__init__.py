"""Who reads what in a round: proposed, checked, released, topped up, and given by hand."""

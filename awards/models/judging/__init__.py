"""What jurors give: cards and what stands beside them, ballots, answers about pairs."""

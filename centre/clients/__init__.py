"""Systems of the city that speak to the centre with a token: who they are, what they may do."""

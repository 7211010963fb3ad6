"""Wikipedia's yearly lists of films: tables whose cells span rows and columns."""

"""The page of checked reports: the source, the form with its figures, and the findings."""

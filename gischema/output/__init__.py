"""Reports, figures and check results as text for people and as data for programs."""

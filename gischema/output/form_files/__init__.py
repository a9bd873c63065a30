"""Files of a form, blank or with the figures of a report."""

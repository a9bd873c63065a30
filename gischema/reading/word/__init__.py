"""Word files (.docx, .docm and what WPS saves as them)."""

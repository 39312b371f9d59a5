"""The names of the mails about content."""

PANEL_INVITED = "panel_invited"

"""Who may open what: the home page, a family's team, who can see this and why."""

"""Pages, arranged by journey. Templates are told what to show; they ask nothing."""

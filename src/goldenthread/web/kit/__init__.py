"""The house kit: the frame, components, styles and small scripts that every page shares."""

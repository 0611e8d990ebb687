"""Reading and writing what other systems and spreadsheets hold; each file is read in one place."""

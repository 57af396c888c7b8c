"""What a firm knows of its customers: reading files, checking them, keeping names out of reports."""

"""What leaders of an organisation see of it, and do for their members."""

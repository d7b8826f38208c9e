"""How fast is it, beside what it could be? Ratios of one run, side by side; nothing here fails on a time."""

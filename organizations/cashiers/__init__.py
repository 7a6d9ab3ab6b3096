"""Who stands at a merchant's counter, as far as accounts have to know."""

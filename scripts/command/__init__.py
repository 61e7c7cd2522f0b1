"""What commands share: which repository, which of its entries, and a terminal that may not know every letter."""

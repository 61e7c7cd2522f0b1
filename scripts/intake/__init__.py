"""What people propose: from an address, a name or a filled-in form to the text of one entry."""

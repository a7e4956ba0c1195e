"""The optional sentence model: a server on the owner's own network writes drafts, which are checked."""

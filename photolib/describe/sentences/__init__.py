"""The optional sentence model: a server on the owner's own network, or files of this machine, write drafts,
which are checked."""

"""The rules of identity: numbers of documents, telephones, names and ages."""

"""Short messages to telephones, and codes that prove who holds one."""

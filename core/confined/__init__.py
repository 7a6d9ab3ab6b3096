"""Reading files from elsewhere in a process of its own, with limits on memory, time and output.

`running` is the parent's side, `serving` the child's; what the child found travels as `frames`.
"""

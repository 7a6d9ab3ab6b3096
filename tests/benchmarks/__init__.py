"""`make bench`: figures beside their peers and limits, on an embedded server of their own.

See docs/benchmarks.md. Nothing here is a test: pytest finds no file of it, and no test asserts on
time.
"""

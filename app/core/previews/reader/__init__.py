"""The reader: what runs in the separate process that may die, and nothing of the application.

`start` sets the limits and calls `main`, which picks the module for the kind of file. It writes its
finding as JSON and its pictures as WebP into a folder of its own. Rule: nothing here imports the
application, and the application imports of this only `bounds`.
"""

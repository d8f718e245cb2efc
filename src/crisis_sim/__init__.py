"""crisis-sim: a tabletop exercise in which two teams talk their way through a crisis that is nobody's fault.

Owns the version and nothing else, so that importing the package costs nothing.
"""

__version__ = "0.1.0"

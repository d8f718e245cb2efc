"""What a seat may see, as facts: views of the moment and dossiers of what is known from the start.

`seats` builds views and `dossiers` dossiers; what they hold is typed in `views`, `dossier` and the modules beside them,
which load no model of an authored file.
"""

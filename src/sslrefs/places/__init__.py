"""Where the course can be: a folder of one's own, pages to play or to read, this machine as it is.

Holds what the command line does to folders. No ownership logic. JupyterLab is
started as a program; `reading` alone imports IPython, to run a notebook's cells.
"""

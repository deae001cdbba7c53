"""Where the course can be: a folder of one's own, a gallery of pages, this machine as it is.

Holds what the command line does to folders. No ownership logic, and no Jupyter
is imported: JupyterLab is started as a program.
"""

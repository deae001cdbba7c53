"""Builds the course as a static site: the gallery, and JupyterLab with the kernel in the browser.

`python -m tools.site FOLDER` does it; `pip install -e '.[site]'` and npm must be there.
"""

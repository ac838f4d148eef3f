"""`make content-report`: what there is in each language, who has read it, how old it is, what is due.

The figures are data (`figures.py`); docs/content.md, the badges and the console's page show the same ones.
"""

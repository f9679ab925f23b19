"""Documents on paper: fonts for the names of the world, and PDF that can be read aloud (PDF/UA-1).

Knows no other app. `pdf.write_pdf` draws a page of HTML, `faces` knows what can be drawn, `fonts` builds the faces
once, from the packages of the front end (`python -m festival.documents.fonts`).
"""

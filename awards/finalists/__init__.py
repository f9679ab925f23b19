"""Telling applicants whether they are among the finalists, before everybody knows."""

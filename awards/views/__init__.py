"""The jury's desk, the chair's board, the finalists' pages."""

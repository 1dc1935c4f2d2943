"""Workbooks: XLSX and XLSM, XLS, ODS and SpreadsheetML, each sheet a table."""

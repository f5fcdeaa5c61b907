"""Excel workbooks: the neutral tree to a workbook, and a workbook that came back to the neutral tree."""

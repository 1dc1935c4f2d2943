"""Pages and workbooks about a run: plain values go in, text or bytes come out."""

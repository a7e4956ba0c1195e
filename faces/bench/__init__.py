"""Speed and memory of faces, beside bare loops and other rules (docs/performance.md)."""

"""The yardstick: what each page costs, as a ratio to a bare Django page on the same machine."""

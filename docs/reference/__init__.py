"""The reference pages, made from the package: nothing on them is written a second time."""

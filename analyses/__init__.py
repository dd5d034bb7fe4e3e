"""Pure functions and their kernels: layers in, a frozen result out. No Qt, no matplotlib, no files."""

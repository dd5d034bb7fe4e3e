"""What a layer is: reading, checking, mending, writing. Imports nothing of ours."""

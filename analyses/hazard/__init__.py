"""What stands in the way of water and landslides: classes, the pieces of ground, who and what is on them."""

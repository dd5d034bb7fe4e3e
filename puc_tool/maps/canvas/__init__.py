"""The painter of the map on the screen, without a screen: flat geometry in, pictures as numbers out."""

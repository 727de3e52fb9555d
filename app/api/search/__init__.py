"""The endpoint of searching; its parameters and answer stand in app/faces/."""

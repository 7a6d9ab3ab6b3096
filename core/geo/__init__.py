"""Points on the map of China: as people copy them, as they are stored, how far apart they are."""
